import { describe, expect, it } from 'vitest'
import { createHeartbeat, heartbeatEveryMs } from '../../electron/heartbeat.ts'
import { silentLogger } from '../../electron/logging/logger.ts'
import { createMemorySecrets } from '../../electron/secrets/memory.ts'
import { createSettings } from '../../electron/settings/settings.ts'
import { createFakeClock } from '../fakes/clock.ts'

const address = 'https://beats.example/ping/0123-secret'

function createStage(status = 200) {
  const clock = createFakeClock(Date.UTC(2026, 10, 18))
  const file = new Map<string, unknown>()
  const settings = createSettings({ get: (key) => file.get(key), set: (key, value) => void file.set(key, value) })
  const called: string[] = []
  const stage = { status, paused: false, clock, called, settings, secrets: createMemorySecrets(), file }
  const fetch = (async (url: string) => {
    called.push(url)
    if (stage.status === 0) throw new TypeError('fetch failed')
    return new Response('OK', { status: stage.status })
  }) as unknown as typeof globalThis.fetch
  const heartbeat = createHeartbeat({
    system: { clock, fetch, secrets: stage.secrets, log: silentLogger },
    settings,
    secretName: () => 'heartbeat',
    isPaused: () => stage.paused,
  })
  const pass = async (ms: number) => {
    clock.advance(ms)
    for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve))
  }
  return { ...stage, stage, heartbeat, pass }
}

describe('the heartbeat', () => {
  it('stops while the guard is paused, so that those outside learn that nobody watches', async () => {
    const { stage, heartbeat, called, pass } = createStage()
    heartbeat.start()
    await pass(0)
    await heartbeat.set(address)
    stage.paused = true
    await pass(3 * heartbeatEveryMs)
    expect(called).toHaveLength(1)
    stage.paused = false
    await pass(heartbeatEveryMs)
    expect(called).toHaveLength(2)
    heartbeat.stop()
  })

  it('is silent until an address is set', async () => {
    const { heartbeat, called, pass } = createStage()
    heartbeat.start()
    await pass(3 * heartbeatEveryMs)
    expect(called).toEqual([])
    expect(heartbeat.state()).toBeNull()
    heartbeat.stop()
  })
  it('calls the address once to try it, and then for as long as the guard lives', async () => {
    const { heartbeat, called, pass, clock } = createStage()
    heartbeat.start()
    await pass(0)
    expect(await heartbeat.set(address)).toMatchObject({ ok: true, value: { host: 'beats.example' } })
    expect(called).toEqual([address])
    await pass(heartbeatEveryMs)
    await pass(heartbeatEveryMs)
    expect(called).toHaveLength(3)
    expect(heartbeat.state()).toMatchObject({ lastAtMs: clock.now(), failure: null })
    heartbeat.stop()
    await pass(10 * heartbeatEveryMs)
    expect(called).toHaveLength(3)
  })
  it('keeps the address as a secret, and shows its host only', async () => {
    const { heartbeat, secrets, file } = createStage()
    await heartbeat.set(address)
    expect(await secrets.get('heartbeat')).toMatchObject({ value: address })
    expect(JSON.stringify([...file, heartbeat.state()])).not.toContain('0123-secret')
  })
  it.each([404, 302, 0])(
    'is not kept when the address answers %s, and the failure does not name it',
    async (status) => {
      const { heartbeat, secrets } = createStage(status)
      const answer = await heartbeat.set(address)
      expect(answer.ok).toBe(false)
      expect(JSON.stringify(answer)).not.toContain('0123-secret')
      expect(await secrets.get('heartbeat')).toMatchObject({ value: null })
      expect(heartbeat.state()).toBeNull()
    },
  )
  it('says why it fails, and goes on', async () => {
    const { heartbeat, stage, called, pass } = createStage()
    await heartbeat.set(address)
    stage.status = 500
    heartbeat.start()
    await pass(0)
    expect(heartbeat.state()?.failure?.message).toContain('answered 500')
    stage.status = 200
    await pass(heartbeatEveryMs)
    expect(heartbeat.state()?.failure).toBeNull()
    expect(called).toHaveLength(3)
    heartbeat.stop()
  })
  it('says so when its address is gone from the keychain', async () => {
    const { heartbeat, secrets, pass } = createStage()
    await heartbeat.set(address)
    await secrets.delete('heartbeat')
    heartbeat.start()
    await pass(0)
    expect(heartbeat.state()?.failure?.kind).toBe('secret-missing')
    heartbeat.stop()
  })
  it.each(['hello', 'http://beats.example/1', 'https://me:pass@beats.example/1', 'file:///etc/passwd'])(
    'does not call %s',
    async (wrong) => {
      const { heartbeat, called } = createStage()
      expect(await heartbeat.set(wrong)).toMatchObject({ ok: false, failure: { kind: 'invalid-input' } })
      expect(called).toEqual([])
    },
  )
  it('forgets the address', async () => {
    const { heartbeat, secrets } = createStage()
    await heartbeat.set(address)
    expect(await heartbeat.remove()).toMatchObject({ ok: true })
    expect(heartbeat.state()).toBeNull()
    expect(await secrets.get('heartbeat')).toMatchObject({ value: null })
  })
})
