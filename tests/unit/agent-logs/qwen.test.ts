import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createAgentHome, type AgentHome } from '../../fakes/agent-home.ts'
import { qwenLine, qwenLog } from '../../fakes/agent-logs.ts'

const branch = '.qwen/projects/-home-dev-shop/chats/q2.jsonl'

describe('logs of Qwen Code', () => {
  let home: AgentHome
  beforeEach(() => (home = createAgentHome()))
  afterEach(() => home.close())

  const read = async (...lines: string[]) => {
    home.write(qwenLog, lines.map((line) => `${line}\n`).join(''))
    expect((await home.scan()).failed).toEqual([])
    return home.total()
  }

  it('count input without what was cached, and thoughts once', async () => {
    expect(await read(qwenLine())).toMatchObject({ calls: 1, input: 200, cachedInput: 800, output: 50 })
    expect(home.usage()).toMatchObject([
      { agent: 'qwen', project: '/home/dev/shop', model: 'qwen3-coder-plus', reasoning: 20 },
    ])
  })

  it.each([
    ['as the total says, beside the candidates', { totalTokenCount: 1070 }, 70],
    ['beside the candidates where there is no total', { totalTokenCount: 0 }, 70],
    ['with what tools gave apart', { totalTokenCount: 1080, toolUsePromptTokenCount: 10 }, 70],
    [
      'as the whole, where there is nothing but a total',
      {
        promptTokenCount: 0,
        candidatesTokenCount: 0,
        cachedContentTokenCount: 0,
        totalTokenCount: 321,
      },
      321,
    ],
  ])('count output %s', async (_, usage, output) => {
    expect(await read(qwenLine({ usage }))).toMatchObject({ calls: 1, output })
  })

  it('of a branch repeat those of the parent', async () => {
    const own = qwenLine({ id: 'u2', session: 'q2', at: '2026-09-02T10:00:00.000Z' })
    home.write(branch, `${qwenLine({ session: 'q2', fork: 'q1' })}\n${own}\n`)
    expect(await read(qwenLine())).toMatchObject({ calls: 2, output: 100 })
  })

  it('hold lines that are no calls', async () => {
    const usageMetadata = { promptTokenCount: 9, totalTokenCount: 9 }
    const others = [{ type: 'user', usageMetadata }, { type: 'assistant', usageMetadata: null }, { type: 'system' }]
    expect(await read(...others.map((line) => JSON.stringify(line)), qwenLine())).toMatchObject({ calls: 1 })
  })

  it('lose no call to a torn line, in front of it or alone', async () => {
    const torn = qwenLine({ id: 'torn' }).slice(0, 120)
    expect(await read(torn, torn + qwenLine(), qwenLine({ id: 'u2' }))).toMatchObject({ calls: 2, output: 100 })
  })

  it('come to the same however they are split', async () => {
    const text = [qwenLine(), qwenLine({ id: 'u2' }), qwenLine({ id: 'u3' })].map((line) => `${line}\n`).join('')
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(text.length), { maxLength: 6 }), async (cuts) => {
        const other = createAgentHome()
        other.write(qwenLog, '')
        let from = 0
        for (const to of [...cuts.sort((a, b) => a - b), text.length]) {
          other.append(qwenLog, text.slice(from, to))
          await other.scan()
          from = to
        }
        const total = other.total()
        other.close()
        expect(total).toMatchObject({ calls: 3, input: 600, output: 150 })
      }),
      { numRuns: 30 },
    )
  })
})
