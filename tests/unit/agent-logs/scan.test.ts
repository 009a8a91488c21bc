import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { AgentUsage } from '../../../electron/storage/agent-sums.ts'
import { dayMs, floorTo, hourMs } from '../../../shared/time.ts'
import {
  claudeLine,
  claudeLog,
  codexLog,
  createAgentHome,
  createRollout,
  type AgentHome,
} from '../../fakes/agent-home.ts'
import {
  copilotLog,
  copilotSpan,
  geminiDocument,
  geminiLog,
  geminiMessage,
  openCodeLog,
  openCodeMessage,
  piHead,
  piLine,
  piLog,
  qwenLine,
  qwenLog,
} from '../../fakes/agent-logs.ts'

/** A small home with whatever makes counting hard. */
function crowdedHome(): Record<string, string> {
  const side = '.claude/projects/-home-dev-shop/s1/subagents/agent-a.jsonl'
  const own = [1, 40, 40].map((output) => claudeLine({ output }))
  const next = claudeLine({ id: 'msg_2', request: 'req_2', output: 70, at: '2026-09-02T10:00:00.000Z' })
  const gateway = [5, 9].map((output, n) =>
    claudeLine({ id: 'gen-1', request: null, output, at: `2026-09-03T10:00:0${n}.000Z`, model: 'glm-4.7' }),
  )
  const rollout = createRollout().meta().model('gpt-5.4').call(1000, 800, 50, 20).wait(300).again([1000, 800, 50, 20])
  rollout.wait(60_000).call(2000, 1500, 70, 0).wait(60_000).call(100, 0, 5, 0)
  const fork = createRollout('c2', { parent: 'c1', atMs: Date.UTC(2026, 8, 2) })
    .meta()
    .meta('c1')
    .model('gpt-5.4')
  fork.wait(20).call(1000, 800, 50, 20).wait(3).call(2000, 1500, 70, 0).wait(9000).call(400, 0, 33, 0)
  const torn = rollout.lines.with(3, rollout.lines[3]!.slice(0, 120))
  const text = (lines: string[]) => lines.map((line) => `${line}\n`).join('')
  return {
    [claudeLog]: text([...own, 'garbage "input_tokens": {', next.slice(0, 200) + next, ...gateway]),
    '.claude/projects/-elsewhere/s2.jsonl': text([...own, next, claudeLine({ id: null, session: 's2' })]),
    [side]: text([claudeLine({ request: 'req_9', side: true, cached: 999 }), claudeLine({ id: 'msg_3', side: true })]),
    [codexLog]: text(torn),
    '.codex/sessions/2026/09/02/rollout-2026-09-02T00-00-00-c2.jsonl': fork.text(),
    '.codex/archived_sessions/rollout-2026-09-01T10-00-00-c1.jsonl': rollout.text(),
    [geminiLog]: text([{ tokens: null }, {}].map((call) => JSON.stringify(geminiMessage(call)))),
    [geminiLog.replace('.jsonl', '.json')]: geminiDocument(geminiMessage(), geminiMessage({ id: 'm2' })),
    [qwenLog]: text([qwenLine(), qwenLine({ id: 'u2' }).slice(0, 90) + qwenLine({ id: 'u3' })]),
    [qwenLog.replace('q1', 'q2')]: text([qwenLine({ session: 'q2', fork: 'q1' }), qwenLine({ id: 'u4' })]),
    [copilotLog]: text([copilotSpan(), copilotSpan({ operation: 'invoke_agent', span: 's0' })]),
    [copilotLog.replace('-1', '-2')]: text([copilotSpan(), copilotSpan({ span: 's2' })]),
    [piLog]: text([piHead, piLine(), piLine({ id: 'b2', at: '2026-09-01T10:01:00.000Z' }).slice(0, 90) + piLine()]),
    [piLog.replace('_p1', '_p2')]: text([piHead, piLine({ id: 'c3' }), piLine({ at: '2026-09-02T10:00:00.000Z' })]),
    [openCodeLog()]: openCodeMessage(),
    [openCodeLog('msg_2', 'ses_2')]: openCodeMessage({ id: 'msg_2', session: 'ses_2' }),
  }
}

/** Calls and output by day and by what they are told apart by. */
function byDay(rows: readonly AgentUsage[]): Record<string, number[]> {
  const days: Record<string, number[]> = {}
  for (const { startMs, agent, project, model, mode, over, calls, output } of rows) {
    const sum = (days[[floorTo(startMs, dayMs), agent, project, model, mode, over].join()] ??= [0, 0])
    sum[0]! += calls
    sum[1]! += output
  }
  return days
}

describe('reading logs', () => {
  let home: AgentHome
  beforeEach(() => (home = createAgentHome()))
  afterEach(() => home.close())

  it('comes to the same in pieces, with restarts, as at once, whichever file comes first', async () => {
    const files = Object.entries(crowdedHome())
    for (const [file, content] of files) home.write(file, content)
    await home.scan()
    const whole = home.usage()
    expect(whole.length).toBeGreaterThan(4)

    const steps = fc.array(
      fc.record({
        file: fc.nat(files.length - 1),
        share: fc.double({ min: 0, max: 1, noNaN: true }),
        restart: fc.boolean(),
      }),
      {
        maxLength: 12,
      },
    )
    const order = fc.shuffledSubarray(
      files.map((_, index) => index),
      { minLength: files.length },
    )
    await fc.assert(
      fc.asyncProperty(steps, order, async (steps, order) => {
        const other = createAgentHome()
        const written = files.map(() => 0)
        const write = (index: number, to: number) => {
          const [file, content] = files[index]!
          const bytes = Buffer.from(content)
          if (written[index] === 0) other.write(file, '')
          other.append(file, bytes.subarray(written[index]!, to))
          written[index] = to
        }
        for (const { file, share, restart } of steps) {
          const length = Buffer.byteLength(files[file]![1])
          write(file, Math.max(written[file]!, Math.floor(share * length)))
          await other.scan()
          if (restart) other.restart()
        }
        for (const index of order) {
          write(index, Buffer.byteLength(files[index]![1]))
          await other.scan()
        }
        const rows = other.usage()
        const summed = byDay(other.usage(hourMs))
        other.close()
        expect(rows).toEqual(expect.arrayContaining(whole))
        expect(rows.length).toBe(whole.length)
        expect(byDay(rows)).toEqual(summed)
      }),
      { numRuns: 40 },
    )
  })

  it('knows the days of a history that was kept before there were sums by day', async () => {
    for (const [file, content] of Object.entries(crowdedHome())) home.write(file, content)
    await home.scan()
    const before = home.usage()
    home.forgetDays()
    home.restart()
    expect(home.usage()).toEqual(before)
    expect(home.usage(1_000 * dayMs)).toEqual(
      expect.arrayContaining([expect.objectContaining({ startMs: 20_000 * dayMs })]),
    )
  })

  it('takes up where it left off, also in the middle of a line and after a restart', async () => {
    const line = claudeLine({ id: 'msg_2', request: 'req_2' })
    home.write(claudeLog, `${claudeLine()}\n${line.slice(0, 200)}`)
    await home.scan()
    home.restart()
    home.append(claudeLog, `${line.slice(200)}\n`)
    expect(await home.scan()).toMatchObject({ logs: 1, bytes: line.length + 1, changed: {} })
    expect(home.total()).toMatchObject({ calls: 2 })
    expect(await home.scan()).toEqual({ isFirst: false, logs: 0, bytes: 0, failed: [], changed: null })
  })

  it('counts a last line that is whole though its end is not written yet', async () => {
    home.write(claudeLog, claudeLine({ id: null }))
    await home.scan()
    expect(home.total()).toMatchObject({ calls: 1 })
    home.append(claudeLog, `\n${claudeLine({ id: null })}\n`)
    await home.scan()
    expect(home.total()).toMatchObject({ calls: 2 })
  })

  it.each(['\0\0\0', '\ufeff'])('counts it behind bytes that are none of it (%j)', async (before) => {
    home.write(claudeLog, before + claudeLine({ id: null }))
    await home.scan()
    expect(home.total()).toMatchObject({ calls: 1 })
    home.append(claudeLog, `\n${claudeLine({ id: null })}\n`)
    await home.scan()
    expect(home.total()).toMatchObject({ calls: 2 })
  })

  it('leaves a last line for later of which a part is whole', async () => {
    const line = JSON.stringify(JSON.parse(claudeLine({ id: null })), null, 1).replace(/\n\s*/g, ' ')
    const end = line.indexOf('}', line.indexOf('"usage"')) + 1
    home.write(claudeLog, line.slice(0, end))
    await home.scan()
    home.append(claudeLog, `${line.slice(end)}\n`)
    await home.scan()
    expect(home.total()).toMatchObject({ calls: 1, output: 100 })
  })

  it('keeps what an agent has deleted', async () => {
    home.write(claudeLog, `${claudeLine()}\n`)
    await home.scan()
    home.remove(claudeLog)
    home.restart()
    await home.scan()
    expect(home.total()).toMatchObject({ calls: 1 })
  })

  it('reads a log that was written anew from its beginning, and keeps what was in it', async () => {
    home.write(claudeLog, `${claudeLine({ id: 'msg_old', request: 'req_old' })}\n`)
    await home.scan()
    home.write(claudeLog, `${claudeLine()}\n${claudeLine({ id: 'msg_2', request: 'req_2' })}\n`)
    await home.scan()
    expect(home.total()).toMatchObject({ calls: 3 })
  })

  it('does so though lines of the new one are as long, and end alike', async () => {
    const line = (id: number) =>
      `${claudeLine({ id: `msg_${id}`, request: `req_${id}`, text: 'so long '.repeat(20) })}\n`
    home.write(claudeLog, line(1))
    await home.scan()
    home.write(claudeLog, line(2) + line(3))
    await home.scan()
    expect(home.total()).toMatchObject({ calls: 3 })
  })

  it('tells which time changed', async () => {
    home.write(claudeLog, `${claudeLine({ output: 5 })}\n`)
    const atMs = Date.UTC(2026, 8, 1, 10)
    expect(await home.scan()).toMatchObject({ changed: { fromMs: atMs, toMs: atMs + 1 } })
    const fuller = claudeLine({ output: 50, at: '2026-09-02T10:00:00.000Z' })
    home.append(claudeLog, `${fuller}\n`)
    expect(await home.scan()).toMatchObject({ changed: { fromMs: atMs, toMs: atMs + dayMs + 1 } })
    home.append(claudeLog, `${fuller}\n`)
    expect(await home.scan()).toMatchObject({ logs: 1, changed: null })
  })

  it('tells calls with long input apart, which vendors charge at other prices', async () => {
    const lines = [200_000, 200_001, 272_001].map((cached, n) => claudeLine({ id: `msg_${n}`, input: 0, cached }))
    home.write(claudeLog, lines.map((line) => `${line}\n`).join(''))
    await home.scan()
    expect(
      home
        .usage()
        .map(({ over }) => over)
        .sort(),
    ).toEqual([0, 200, 272])
  })

  it('keeps no text of a conversation', async () => {
    home.write(claudeLog, `${claudeLine({ text: 'a secret plan', tool: { plan: 'a secret plan' } })}\n`)
    home.write(codexLog, createRollout().meta().model('gpt-5.4').say('a secret plan').call(1, 0, 1, 0).text())
    await home.scan()
    home.restart()
    expect(home.stored()).not.toContain('secret')
    expect(home.stored()).toContain('gpt')
  })
})
