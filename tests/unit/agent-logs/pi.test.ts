import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createAgentHome, type AgentHome } from '../../fakes/agent-home.ts'
import { piHead, piLine, piLog } from '../../fakes/agent-logs.ts'

describe('logs of Pi', () => {
  let home: AgentHome
  beforeEach(() => (home = createAgentHome()))
  afterEach(() => home.close())

  const read = async (lines: readonly (string | Buffer)[], file = piLog) => {
    home.write(file, Buffer.concat([piHead, ...lines].flatMap((line) => [Buffer.from(line), Buffer.from('\n')])))
    expect((await home.scan()).failed).toEqual([])
    return home.total()
  }
  const once = { calls: 1, input: 200, cachedInput: 800, cacheWrite: 30, cacheWrite1h: 0, output: 50 }

  it('have disjoint counts, and the folder in their name', async () => {
    expect(await read([piLine()])).toMatchObject(once)
    expect(home.usage()).toMatchObject([{ agent: 'pi', project: '-home-dev-shop', model: 'claude-sonnet-4-5' }])
  })

  it('tell what is kept for an hour as a part of what was written, reasoning as a part of the output', async () => {
    expect(await read([piLine({ usage: { cacheWrite1h: 10, reasoning: 20 } })])).toMatchObject({
      ...once,
      cacheWrite: 20,
      cacheWrite1h: 10,
    })
    expect(home.usage()).toMatchObject([{ reasoning: 20, output: 50 }])
  })

  it.each([
    ['--C--Users-dev-shop--', 'C--Users-dev-shop'],
    ['elsewhere', ''],
    ['.', ''],
  ])('in the folder %s are of the project "%s"', async (folder, project) => {
    await read([piLine()], `.pi/agent/sessions/${folder}/s.jsonl`)
    expect(home.usage()).toMatchObject([{ project }])
  })

  it('of a fork begin with copies, and an old one is written anew with other ids', async () => {
    await read([piLine()])
    const fork = '.pi/agent/sessions/--home-dev-shop--/fork.jsonl'
    const next = piLine({ id: 'eeeeeeee', at: '2026-09-01T11:00:00.000Z' })
    expect(await read([piLine(), next], fork)).toMatchObject({ calls: 2 })
    expect(await read([piLine({ id: 'ffffffff' })])).toMatchObject({ calls: 2 })
    expect(await read([piLine(), piLine({ id: 'dddddddd', usage: { output: 51 } })])).toMatchObject({ calls: 3 })
  })

  it('count answers only', async () => {
    const person = JSON.stringify({ type: 'message', id: 'x', message: { role: 'user', content: '"usage"' } })
    const compaction = JSON.stringify({ type: 'compaction', id: 'y', summary: '{"usage":{"input":9}}' })
    expect(await read([person, compaction, piLine()])).toMatchObject(once)
  })

  const whole = piLine()
  const odd: Record<string, string | Buffer> = {
    'a torn line in front': piLine({ id: 'torn' }).slice(0, 150) + whole,
    'NUL bytes in front': `${'\0'.repeat(40)}${whole}`,
    'a byte order mark': `\ufeff${whole}`,
    'a carriage return': `${whole}\r`,
    'bytes that are not UTF-8': Buffer.from(piLine({ text: 'X\u00ff\u00c3(' }), 'latin1'),
    'a time that is none': piLine({ at: 'yesterday' }),
    'no id': piLine({ id: null }),
    'neither id nor time': piLine({ id: null, at: '' }),
  }
  it.each(Object.entries(odd))('lose no call to %s', async (_, line) => {
    const second = piLine({ id: 'bbbbbbbb', at: '2026-09-01T12:00:00.000Z' })
    expect(await read([line, 'garbage "usage": {', second])).toMatchObject({ calls: 2, input: 400, output: 100 })
  })
})
