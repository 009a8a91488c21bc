import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { claudeLine, claudeLog, createAgentHome, type AgentHome } from '../../fakes/agent-home.ts'

describe('logs of Claude Code', () => {
  let home: AgentHome
  beforeEach(() => (home = createAgentHome()))
  afterEach(() => home.close())

  const read = async (...lines: (string | Buffer)[]) => {
    home.write(claudeLog, Buffer.concat(lines.flatMap((line) => [Buffer.from(line), Buffer.from('\n')])))
    const { failed } = await home.scan()
    expect(failed).toEqual([])
    return home.total()
  }

  it('count an answer once, at its largest, though it is written a line for each part', async () => {
    const lines = [1, 100, 100].map((output) => claudeLine({ output }))
    expect(await read(...lines)).toMatchObject({ calls: 1, input: 10, output: 100 })
  })

  it('keep the parts of a cache write apart', async () => {
    const usage = { cache_creation: { ephemeral_5m_input_tokens: 300, ephemeral_1h_input_tokens: 700 } }
    expect(await read(claudeLine({ written: 1000, usage }))).toMatchObject({ cacheWrite: 300, cacheWrite1h: 700 })
  })

  it('tell agent, folder, model, tier and speed', async () => {
    await read(claudeLine({ usage: { speed: 'fast', inference_geo: 'us' } }))
    expect(home.usage()).toMatchObject([
      { agent: 'claude', project: '-home-dev-shop', model: 'claude-sonnet-4-6', mode: 'standard/fast/us' },
    ])
  })

  it('hold calls of an advisor besides, with their own model, even without one', async () => {
    const advice = { type: 'advisor_message', input_tokens: 5, output_tokens: 50 }
    const iterations = [
      { type: 'message', model: null, input_tokens: 10, output_tokens: 100 },
      { ...advice, model: 'claude-opus-4-6' },
      { ...advice, model: null },
    ]
    const line = claudeLine({ usage: { iterations } })
    expect(await read(line, line)).toMatchObject({ calls: 3, input: 20, output: 200 })
    expect(home.usage().map(({ model }) => model)).toEqual(
      expect.arrayContaining(['claude-sonnet-4-6', 'claude-opus-4-6', null]),
    )
  })

  it('count web searches', async () => {
    await read(claudeLine({ usage: { server_tool_use: { web_search_requests: 3 } } }))
    expect(home.usage()).toMatchObject([{ webSearches: 3 }])
  })

  it('hold lines that are no calls', async () => {
    const rollUp = { usage: { input_tokens: 900, output_tokens: 900 }, totalTokens: 1800 }
    const user = JSON.stringify({ type: 'user', message: { role: 'user', content: 'x' }, toolUseResult: rollUp })
    const error = claudeLine({ id: 'e', model: '<synthetic>' })
    expect(await read(user, error, claudeLine())).toMatchObject({ calls: 1, input: 10 })
  })

  it('repeat answers of other sessions, which count once, in the first file', async () => {
    home.write('.claude/projects/-other/s2.jsonl', `${claudeLine({ session: 's2' })}\n`)
    expect(await read(claudeLine())).toMatchObject({ calls: 1, output: 100 })
    expect(home.usage()[0]?.project).toBe('-home-dev-shop')
  })

  it('repeat an answer on a side chain under a new request id', async () => {
    const question = claudeLine({ request: 'req_2', side: true, cached: 30_000 })
    expect(await read(question, claudeLine())).toMatchObject({ calls: 1, cachedInput: 0 })
  })

  it('prefer the numbers of a sub-agent to a copy of them that was written too early', async () => {
    const own = claudeLine({ side: true, output: 400 })
    const { message, requestId, timestamp } = JSON.parse(claudeLine({ output: 3 })) as Record<string, unknown>
    const data = { message: { type: 'assistant', message, requestId, timestamp } }
    const progress = JSON.stringify({ type: 'progress', sessionId: 's1', data, timestamp })
    home.write('.claude/projects/-home-dev-shop/s1/subagents/agent-a.jsonl', `${own}\n`)
    expect(await read(progress)).toMatchObject({ calls: 1, output: 400 })
  })

  it('of gateways have no request id, in copies and in snapshots of a growing answer', async () => {
    const at = (second: number) => `2026-09-01T10:00:0${second}.000Z`
    const snapshots = [1, 2, 3].map((n) => claudeLine({ request: null, output: 50 * n, at: at(n) }))
    home.write(
      '.claude/projects/-home-dev-shop/s2.jsonl',
      `${claudeLine({ request: null, session: 's2', at: at(1) })}\n`,
    )
    expect(await read(...snapshots)).toMatchObject({ calls: 1, output: 150 })
  })

  it('of gateways may use a message id for several answers', async () => {
    const second = claudeLine({ request: null, input: 20, at: '2026-09-01T10:05:00.000Z' })
    const other = claudeLine({ request: null, session: 's2', input: 20, at: '2026-09-01T11:00:00.000Z' })
    home.write('.claude/projects/-home-dev-shop/s2.jsonl', `${other}\n`)
    expect(await read(claudeLine({ request: null }), second)).toMatchObject({ calls: 3, input: 50 })
  })

  it('without message ids hold as many calls as lines', async () => {
    expect(await read(claudeLine({ id: null }), claudeLine({ id: null }))).toMatchObject({ calls: 2 })
  })

  const odd: Record<string, string | Buffer> = {
    'nulls in tool input': claudeLine({ tool: { id: null, model: null, requestId: null, version: null, usage: null } }),
    'a usage in tool input': claudeLine({
      tool: { message: { usage: { input_tokens: 5 } }, usage: { input_tokens: 9 } },
    }),
    'a null request id': claudeLine().replace('"req_1"', 'null'),
    'a lone surrogate': claudeLine({ text: 'X' }).replace('"X"', '"\\ud83d"'),
    'bytes that are not UTF-8': Buffer.from(claudeLine({ text: 'X\u00ff\u00c3(' }), 'latin1'),
    'deep nesting': claudeLine({ tool: JSON.parse('['.repeat(500) + ']'.repeat(500)) }),
    'nesting deeper than is read': claudeLine({ tool: 'X' }).replace('"X"', '['.repeat(9_000) + ']'.repeat(9_000)),
    'a quote too many in the answer': claudeLine({ text: 'X' }).replace('"X"', '"a"b"'),
    'a control character in the answer': claudeLine({ text: 'X' }).replace('"X"', '"a\u0001b"'),
    'an unknown speed': claudeLine({ usage: { speed: 'ludicrous' } }),
    'a byte order mark': `\ufeff${claudeLine()}`,
    'six digits of a second': claudeLine({ at: '2026-09-01T10:00:00.123456Z' }),
    'a space after every colon': claudeLine({ text: 'X' }).replaceAll(':', ': ').replace('10: 00: 00', '10:00:00'),
    'a torn line in front': claudeLine({ id: 'msg_torn' }).slice(0, 300) + claudeLine(),
    'a torn line of a person in front': `{"type":"user","message":{"role":"user","content":"${claudeLine()}`,
    'NUL bytes in front': `${'\0'.repeat(40)}${claudeLine()}`,
    'a carriage return': `${claudeLine()}\r`,
    'a time that is none': claudeLine({ at: 'yesterday' }),
    'no time': claudeLine({ at: '2026-09-01T10:00:00.000Z' }).replace(/,"timestamp":"[^"]*"/, ''),
    'megabytes of text': claudeLine({ text: 'wide '.repeat(1_000_000) }),
    'the counts before the content': claudeLine().replace(
      /("content":\[.*\]),("stop_reason".*)("usage":\{[^}]*\})/,
      '$3,$2$1',
    ),
  }
  it.each(Object.entries(odd))('lose no call to %s', async (_, line) => {
    const others = ['garbage }}]"usage":{"input_tokens":99, no', '', claudeLine({ id: 'msg_2', request: 'req_2' })]
    expect(await read(line, ...others)).toMatchObject({ calls: 2, input: 20, output: 200 })
  })

  it('have two calls on a line', async () => {
    expect(await read(claudeLine() + claudeLine({ id: 'msg_2', request: 'req_2' }))).toMatchObject({ calls: 2 })
  })

  it('read a torn call together with a whole one as neither a mixture nor two', async () => {
    const torn = claudeLine({ id: 'msg_torn', request: 'req_torn', session: 's9' })
    for (let length = 20; length < torn.length; length += 13) {
      home.write(`.claude/projects/-p/${length}.jsonl`, `${torn.slice(0, length)}${claudeLine()}\n`)
    }
    await home.scan()
    expect(home.total()).toMatchObject({ calls: 1, input: 10, output: 100 })
  })

  it('tell the same when an answer is broken as when it is whole', async () => {
    const count = fc.nat(1e9)
    const anyCall = fc.record(
      {
        input: count,
        output: count,
        cached: count,
        written: count,
        side: fc.boolean(),
        model: fc.constantFrom('claude-opus-5', 'acme/coder xl', '<synthetic>', 'na\u00efve', 'quo"ted'),
        at: fc.constantFrom(
          '2026-02-29T10:00:00.000Z',
          '2026-12-31T23:59:59.999Z',
          '2026-09-01T10:00:00+02:00',
          'never',
        ),
        tool: fc.jsonValue(),
        text: fc.string(),
        usage: fc.record(
          {
            speed: fc.constantFrom('fast', null, 3),
            cache_creation: fc.record({ ephemeral_5m_input_tokens: count, ephemeral_1h_input_tokens: count }),
            server_tool_use: fc.record({ web_search_requests: fc.nat(9), web_fetch_requests: fc.nat(9) }),
            iterations: fc.constantFrom([], [{ type: 'message', input_tokens: 3 }]),
          },
          { requiredKeys: [] },
        ),
      },
      { requiredKeys: [] },
    )
    const broken = createAgentHome()
    let n = 0
    await fc.assert(
      fc.asyncProperty(anyCall, async (call) => {
        const line = claudeLine({ ...call, id: `msg_${++n}` })
        home.write(`.claude/projects/-p/${n}.jsonl`, `${line}\n`)
        broken.write(`.claude/projects/-p/${n}.jsonl`, `${line.replace('"text":"', '"text":"\u0001')}\n`)
        broken.changedAt(`.claude/projects/-p/${n}.jsonl`, 1e12)
        home.changedAt(`.claude/projects/-p/${n}.jsonl`, 1e12)
        await home.scan()
        await broken.scan()
        expect(home.usage(1)).toEqual(broken.usage(1))
      }),
      { numRuns: 200 },
    )
    broken.close()
  })
})
