import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createAgentHome, type AgentHome } from '../../fakes/agent-home.ts'
import { geminiDocument, geminiHead, geminiLog, geminiMessage } from '../../fakes/agent-logs.ts'

const document = geminiLog.replace('.jsonl', '.json')
const lines = (...values: unknown[]) => values.map((value) => `${JSON.stringify(value)}\n`).join('')
const once = { calls: 1, input: 205, cachedInput: 800, output: 70 }

describe('logs of Gemini CLI', () => {
  let home: AgentHome
  beforeEach(() => (home = createAgentHome()))
  afterEach(() => home.close())

  const read = async (content: string | Buffer, file = geminiLog) => {
    home.write(file, content)
    expect((await home.scan()).failed).toEqual([])
    return home.total()
  }

  it('count input without what was cached, what tools gave as input, and thoughts as output', async () => {
    expect(await read(lines(geminiHead, geminiMessage()))).toMatchObject(once)
    expect(home.usage()).toMatchObject([
      { agent: 'gemini', project: 'shop', model: 'gemini-2.5-pro', reasoning: 20, mode: '//' },
    ])
  })

  it('write a message again when its tokens are known and when a tool has answered, which is one call', async () => {
    const [early, whole] = [geminiMessage({ tokens: null }), geminiMessage()]
    expect(await read(lines(geminiHead, early, whole, { $set: { lastUpdated: 'x' } }, whole))).toMatchObject(once)
  })

  it('repeat the history as a whole after it was changed', async () => {
    const messages = [geminiMessage(), geminiMessage({ id: 'm2' })]
    expect(await read(lines(...messages, { $set: { messages } }))).toMatchObject({ calls: 2, output: 140 })
  })

  it('count what was taken back: it was paid for', async () => {
    expect(await read(lines(geminiMessage(), { $rewindTo: 'm1' }))).toMatchObject(once)
  })

  it('may be one document, which is written anew with every message', async () => {
    expect(await read(geminiDocument(geminiMessage()), document)).toMatchObject(once)
    const two = geminiDocument(geminiMessage(), geminiMessage({ id: 'm2' }))
    expect(await read(two, document)).toMatchObject({ calls: 2 })
    home.restart()
    expect(await home.scan()).toMatchObject({ logs: 0, changed: null })
    expect(await read(geminiDocument(), document)).toMatchObject({ calls: 2 })
  })

  it('may be a document behind a byte order mark', async () => {
    expect(await read(`\ufeff${geminiDocument(geminiMessage())}`, document)).toMatchObject(once)
  })

  it('are the same calls when a document is taken over into lines', async () => {
    home.write(document, geminiDocument(geminiMessage()))
    expect(await read(lines(geminiHead, geminiMessage(), geminiMessage({ id: 'm2' })))).toMatchObject({ calls: 2 })
  })

  it('of sub-agents lie a folder below; other files are none', async () => {
    home.write('.gemini/tmp/shop/logs.json', JSON.stringify([geminiMessage({ id: 'x' })]))
    home.write('.gemini/tmp/shop/checkpoint.json', geminiDocument(geminiMessage({ id: 'y' })))
    expect(await read(lines(geminiMessage()), '.gemini/tmp/shop/chats/g1/sub.jsonl')).toMatchObject(once)
  })

  it('that are torn are told of, keep what was counted, and are read when they are whole', async () => {
    await read(geminiDocument(geminiMessage()), document)
    const whole = geminiDocument(geminiMessage(), geminiMessage({ id: 'm2' }))
    home.write(document, whole.slice(0, -90))
    expect((await home.scan()).failed).toMatchObject([
      { path: home.at(document), reason: expect.stringContaining('torn') },
    ])
    expect(home.total()).toMatchObject({ calls: 1 })
    expect(await read(whole, document)).toMatchObject({ calls: 2 })
  })

  const whole = JSON.stringify(geminiMessage())
  const odd: Record<string, string | Buffer> = {
    'a torn line in front': JSON.stringify(geminiMessage({ id: 'torn' })).slice(0, 150) + whole,
    'a torn history in front': JSON.stringify({ $set: { messages: [geminiMessage()] } }).slice(0, -3),
    'NUL bytes in front': `${'\0'.repeat(40)}${whole}`,
    'a byte order mark': `\ufeff${whole}`,
    'a carriage return': `${whole}\r`,
    'bytes that are not UTF-8': Buffer.from(JSON.stringify(geminiMessage({ text: 'X\u00ff\u00c3(' })), 'latin1'),
    'a time that is none': JSON.stringify(geminiMessage({ at: 'yesterday' })),
    'no id': JSON.stringify(geminiMessage({ id: null })),
  }
  it.each(Object.entries(odd))('lose no call to %s', async (_, line) => {
    const second = JSON.stringify(geminiMessage({ id: 'm2' }))
    const content = Buffer.concat([Buffer.from(line), Buffer.from(`\ngarbage "tokens": {\n${second}\n`)])
    expect(await read(content)).toMatchObject({ calls: 2, input: 410, output: 140 })
  })

  it('come to the same however they are split, read and read again', async () => {
    const calls = [1, 2, 3, 2].map((n) => geminiMessage({ id: `m${n}` }))
    const text = lines(geminiHead, geminiMessage({ id: 'm1', tokens: null }), ...calls)
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(text.length), { maxLength: 6 }), fc.boolean(), async (cuts, restart) => {
        const other = createAgentHome()
        other.write(geminiLog, '')
        let from = 0
        for (const to of [...cuts.sort((a, b) => a - b), text.length]) {
          other.append(geminiLog, text.slice(from, to))
          await other.scan()
          if (restart) other.restart()
          from = to
        }
        const total = other.total()
        other.close()
        expect(total).toMatchObject({ calls: 3, input: 615, output: 210 })
      }),
      { numRuns: 30 },
    )
  })
})
