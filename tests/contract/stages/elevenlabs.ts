import { elevenlabsKey, startElevenlabs } from '../../emulators/elevenlabs.ts'
import { stageNowMs, steadyWorld } from './steady-world.ts'
import type { Stage } from './stage.ts'

const used = (character_count: unknown) => ({ status: 200, json: { character_count } })

export const elevenlabs: Stage = {
  nowMs: stageNowMs,
  start: () => startElevenlabs(steadyWorld('elevenlabs', 'eleven_v3', { input: 1, cached: 0, output: 0 })),
  key: elevenlabsKey,
  options: { usd_per_1000_credits: '0.22' },
  // A thousand credits a minute since noon of the fifth.
  totals: { credits: { USD: (18n * 1_440n - 120n) * 220_000_000n } },
  refusedKeys: [['sk-ant-admin01-abc', 'no key of ElevenLabs']],
  unreadable: [{ answer: used('many') }, { answer: used(null) }, { answer: used(-1) }],
}
