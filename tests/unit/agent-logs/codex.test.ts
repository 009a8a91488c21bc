import { zstdCompressSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  claudeLine,
  claudeLog,
  codexLog,
  createAgentHome,
  createRollout,
  type AgentHome,
} from '../../fakes/agent-home.ts'

const child = '.codex/sessions/2026/09/02/rollout-2026-09-02T10-00-00-c2.jsonl'
const forkMs = Date.UTC(2026, 8, 2, 10)

describe('rollouts of Codex', () => {
  let home: AgentHome
  beforeEach(() => (home = createAgentHome()))
  afterEach(() => home.close())

  const read = async (text: string, file = codexLog) => {
    home.write(file, text)
    const { failed } = await home.scan()
    expect(failed).toEqual([])
    return home.total()
  }
  const begun = () => createRollout().meta().model('gpt-5.4')

  it('count input without what was cached, and output with the reasoning', async () => {
    expect(await read(begun().call(1000, 800, 50, 20).text())).toMatchObject({
      calls: 1,
      input: 200,
      cachedInput: 800,
      output: 50,
    })
    expect(home.usage()).toMatchObject([
      { agent: 'codex', project: '/home/dev/shop', model: 'gpt-5.4', reasoning: 20, mode: '//' },
    ])
  })

  it('count the same counters once, whenever they are written again', async () => {
    const log = begun()
      .call(1000, 800, 50, 20)
      .wait(500)
      .again([1000, 800, 50, 20])
      .wait(90_000)
      .again([1000, 800, 50, 20])
    expect(await read(log.text())).toMatchObject({ calls: 1, output: 50 })
  })

  it('follow a change of model and the fast mode', async () => {
    await read(begun().call(100, 0, 5, 0).model('gpt-5.5').fast().call(200, 0, 5, 0).text())
    expect(home.usage().map(({ model, mode }) => [model, mode])).toEqual([
      ['gpt-5.4', '//'],
      ['gpt-5.5', 'priority//'],
    ])
  })

  it('without a model say so', async () => {
    await read(createRollout().meta().call(100, 0, 5, 0).text())
    expect(home.usage()).toMatchObject([{ model: null, output: 5 }])
  })

  it('count a call whose line is torn by the totals of the next', async () => {
    const log = begun().call(1000, 800, 50, 20).wait(5000).call(2000, 1500, 70, 0).wait(5000).call(3000, 2900, 90, 0)
    log.lines[3] = log.lines[3]!.slice(0, 200)
    expect(await read(log.text())).toMatchObject({ input: 200 + 500 + 100, cachedInput: 5200, output: 210 })
  })

  it.each([
    ['torn', '"rate_limits":{"primary"'],
    ['broken', '"rate_limits":{"primary":{"used_percent":12"}}}'],
  ])('count an event that is %s behind its counts', async (_what, rest) => {
    const log = begun().call(1000, 800, 50, 20).wait(5000).call(2000, 1500, 70, 0)
    const [counts = ''] = log.lines.at(-1)!.split('"rate_limits"')
    log.lines[log.lines.length - 1] = counts + rest
    expect(await read(log.text())).toMatchObject({ calls: 2, output: 120 })
  })

  it('glued to a torn line count all the same', async () => {
    const log = begun().say('x'.repeat(300)).call(1000, 800, 50, 20).wait(5000).call(2000, 1500, 70, 0)
    log.lines[2] = log.lines[2]!.slice(0, 150) + log.lines.splice(3, 1)[0]!
    expect(await read(log.text())).toMatchObject({ calls: 2, output: 120 })
  })

  it('may hold one older total late', async () => {
    const log = begun().call(100, 0, 10, 0).wait(5000).call(100, 0, 20, 0).wait(5000).call(100, 0, 30, 0)
    log.wait(50).event([100, 0, 20, 0], [200, 0, 30, 0]).wait(50).again([100, 0, 30, 0])
    expect(await read(log.wait(5000).call(100, 0, 40, 0).text())).toMatchObject({ calls: 4, output: 100 })
  })

  it('may hold the very first total late', async () => {
    const log = begun()
      .call(100, 0, 10, 0)
      .wait(5000)
      .call(100, 0, 20, 0)
      .wait(50)
      .event([100, 0, 10, 0], [100, 0, 10, 0])
    expect(await read(log.wait(5000).call(100, 0, 40, 0).text())).toMatchObject({ calls: 3, output: 70 })
  })

  it('may begin to count anew', async () => {
    const log = begun().call(1000, 0, 10, 0).wait(5000).event([300, 0, 7, 0], [300, 0, 7, 0])
    expect(await read(log.wait(5000).event([50, 0, 5, 0], [350, 0, 12, 0]).text())).toMatchObject({
      calls: 3,
      output: 22,
    })
  })

  it.each([
    ['every colon', (line: string) => line.replaceAll('":', '": ')],
    ['every colon and comma', (line: string) => line.replaceAll('":', '": ').replaceAll(',"', ', "')],
    ['every brace too', (line: string) => JSON.stringify(JSON.parse(line), null, 1).replace(/\n\s*/g, ' ')],
  ])('lose no call to a space after %s', async (_, spaced) => {
    const log = begun().fast().call(100, 0, 10, 0).say('x').wait(5000).call(100, 0, 20, 0)
    const text = log.lines.map((line) => `${spaced(line)}\n`).join('')
    expect(await read(text)).toMatchObject({ calls: 2, output: 30 })
    expect(home.usage()).toMatchObject([{ model: 'gpt-5.4', project: '/home/dev/shop', mode: 'priority//' }])
  })

  it('may hold rate limits without counts', async () => {
    const log = begun().call(100, 0, 10, 0)
    log.lines.push(
      '{"timestamp":"2026-09-01T10:00:01.000Z","type":"event_msg","payload":{"type":"token_count","info":null}}',
    )
    expect(await read(log.text())).toMatchObject({ calls: 1 })
  })

  it.each(['yesterday', '2026-09-01T10:00:00.123456Z', '2026-09-01T10:00:00'])(
    'with the time %s lose no call, of no agent',
    async (time) => {
      home.write(claudeLog, `${claudeLine()}\n`)
      const log = begun().call(100, 0, 10, 0)
      log.lines[2] = log.lines[2]!.replace('2026-09-01T10:00:00.000Z', time)
      expect(await read(log.text())).toMatchObject({ calls: 2, output: 110 })
      expect(home.usage().map(({ startMs }) => startMs)).toEqual([Date.UTC(2026, 8, 1), Date.UTC(2026, 8, 1)])
    },
  )

  it('of two sessions with different models may do so in the same moment', async () => {
    home.write(child, createRollout('c2').meta().model('gpt-5.5').call(100, 0, 5, 0).text())
    expect(await read(begun().call(100, 0, 5, 0).text())).toMatchObject({ calls: 2 })
    expect(home.usage().map(({ model }) => model)).toEqual(['gpt-5.4', 'gpt-5.5'])
  })

  describe('without totals', () => {
    const bare = (log: ReturnType<typeof begun>) =>
      log.lines.map((line) => `${line.replace(/"total_token_usage":\{[^}]*\}/, '"total_token_usage":null')}\n`)

    it('count the same counters once, though a restart comes between', async () => {
      const [meta, model, ...events] = bare(begun().call(100, 0, 10, 0).wait(900).again([100, 0, 10, 0]))
      await read([meta, model].join(''))
      for (const event of events) {
        home.append(codexLog, event)
        home.restart()
        await home.scan()
      }
      expect(home.total()).toMatchObject({ calls: 1, output: 10 })
    })

    it('count no history of a parent that is gone', async () => {
      const log = createRollout('c2', { parent: 'c1', atMs: forkMs })
        .meta()
        .model('gpt-5.4')
        .wait(9)
        .call(100, 0, 10, 0)
      expect(await read(bare(log.wait(8000).call(100, 0, 20, 0)).join(''), child)).toMatchObject({
        calls: 1,
        output: 20,
      })
    })
  })

  it('of two sessions may begin with the same counts', async () => {
    home.write(child, createRollout('c2', { atMs: forkMs }).meta().model('gpt-5.4').call(100, 0, 5, 0).text())
    expect(await read(begun().call(100, 0, 5, 0).text())).toMatchObject({ calls: 2 })
  })

  describe('of a fork', () => {
    const parent = () => begun().call(1000, 800, 50, 20).wait(60_000).call(2000, 1500, 70, 0)
    const fork = (...history: [number, number, number, number][]) => {
      const log = createRollout('c2', { parent: 'c1', atMs: forkMs }).meta().meta('c1').model('gpt-5.4').wait(20)
      for (const last of history) log.wait(3).call(...last)
      return log.wait(8000).call(500, 400, 30, 0)
    }

    it('begin with the history of the parent, which is not counted again', async () => {
      home.write(child, fork([1000, 800, 50, 20], [2000, 1500, 70, 0]).text())
      expect(await read(parent().text())).toMatchObject({ calls: 3, output: 150 })
    })

    it('do so when the parent is gone, be it a single call', async () => {
      expect(await read(fork([1000, 800, 50, 20]).text(), child)).toMatchObject({ calls: 1, output: 30 })
    })

    it('know the history by the parent when it was slow to be written', async () => {
      const slow = createRollout('c2', { parent: 'c1', atMs: forkMs }).meta().model('gpt-5.4').wait(4000)
      home.write(child, slow.call(1000, 800, 50, 20).wait(4000).call(2000, 1500, 70, 0).text())
      expect(await read(parent().text())).toMatchObject({ calls: 2, output: 120 })
    })

    it('without history count the first call, though it is written twice', async () => {
      const log = createRollout('c2', { parent: 'c1', atMs: forkMs }).meta().model('gpt-5.4').wait(4000)
      log.call(500, 400, 30, 0).wait(300).again([500, 400, 30, 0])
      home.write(child, log.text())
      expect(await read(parent().text())).toMatchObject({ calls: 3, output: 150 })
    })

    it('know a sub-agent by the thread that spawned it', async () => {
      const source = { subagent: { thread_spawn: { parent_thread_id: 'c1' } } }
      const log = fork([1000, 800, 50, 20])
      log.lines[0] = JSON.stringify({ ...JSON.parse(log.lines[0]!), payload: { id: 'c2', cwd: '/x', source } })
      expect(await read(log.text(), child)).toMatchObject({ calls: 1, output: 30 })
    })

    it('may begin with a copy of the parent to the byte', async () => {
      const copy = parent().wait(forkMs).call(100, 0, 9, 0)
      home.write(child, copy.text())
      expect(await read(parent().text())).toMatchObject({ calls: 3, output: 129 })
    })
  })

  it('are packed after a week, and stay the same log', async () => {
    const text = begun().call(1000, 800, 50, 20).wait(5000).call(100, 0, 7, 0).text()
    const whole = await read(text)
    home.remove(codexLog)
    home.write(`${codexLog}.zst`, zstdCompressSync(text))
    await home.scan()
    expect(home.total()).toEqual(whole)
  })

  it('are read when they were packed before they were first seen', async () => {
    home.write(`${codexLog}.zst`, zstdCompressSync(begun().call(1000, 800, 50, 20).text()))
    await home.scan()
    expect(home.total()).toMatchObject({ calls: 1, output: 50 })
  })

  it('that cannot be unpacked are told of, and the others counted', async () => {
    home.write(`${child}.zst`, zstdCompressSync(Buffer.from(begun().say('x'.repeat(9000)).text())).subarray(0, 60))
    home.write(codexLog, begun().call(1000, 800, 50, 20).text())
    for (const _ of [1, 2]) {
      const { failed } = await home.scan()
      expect(failed.map(({ path }) => path)).toEqual([home.at(child)])
    }
    expect(home.total()).toMatchObject({ calls: 1 })
  })
})
