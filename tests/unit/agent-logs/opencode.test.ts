import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createAgentHome, type AgentHome } from '../../fakes/agent-home.ts'
import { openCodeLog, openCodeMessage, type OpenCodeCall } from '../../fakes/agent-logs.ts'

describe('logs of OpenCode', () => {
  let home: AgentHome
  beforeEach(() => (home = createAgentHome()))
  afterEach(() => home.close())

  const write = (call: OpenCodeCall = {}) => home.write(openCodeLog(call.id, call.session), openCodeMessage(call))
  const total = async () => {
    expect((await home.scan()).failed).toEqual([])
    return home.total()
  }

  it('hold a message each, with the cache apart from the input', async () => {
    write()
    expect(await total()).toMatchObject({ calls: 1, input: 200, cachedInput: 800, cacheWrite: 30, output: 50 })
    expect(home.usage()).toMatchObject([{ agent: 'opencode', project: '/home/dev/shop', model: 'claude-sonnet-4-5' }])
  })

  it('are written anew as an answer grows, which is one call', async () => {
    write({ tokens: { input: 0, output: 0, cache: { read: 0, write: 0 } } })
    expect(await total()).toMatchObject({ calls: 0 })
    for (const output of [5, 50]) {
      write({ tokens: { output } })
      expect(await total()).toMatchObject({ calls: 1, output })
    }
    home.restart()
    write({ tokens: { output: 50, reasoning: 0 } })
    expect(await total()).toMatchObject({ calls: 1, output: 50 })
  })

  it.each([
    ['beside it where no total is told', { reasoning: 20 }, 70],
    ['in it, as the total says', { reasoning: 20, total: 1080 }, 50],
    ['beside it, as the total says', { reasoning: 20, total: 1100 }, 70],
  ])('count reasoning as output: %s', async (_, tokens, output) => {
    write({ tokens })
    expect(await total()).toMatchObject({ calls: 1, output })
  })

  it('of a fork are copies under other ids', async () => {
    write()
    write({ id: 'msg_2', session: 'ses_2' })
    expect(await total()).toMatchObject({ calls: 1, output: 50 })
  })

  it('of two calls that began at the same moment are two', async () => {
    write()
    write({ id: 'msg_2', session: 'ses_2', tokens: { output: 51 } })
    write({ id: 'msg_3', session: 'ses_3', model: 'gpt-5.4' })
    expect(await total()).toMatchObject({ calls: 3, output: 151 })
  })

  it('that are torn or of people hide no others', async () => {
    home.write(openCodeLog('msg_0'), openCodeMessage({ id: 'msg_0' }).slice(0, 100))
    home.write(openCodeLog('msg_9'), JSON.stringify({ id: 'msg_9', role: 'user', tokens: { input: 5 } }))
    write()
    expect((await home.scan()).failed.map(({ path }) => path)).toEqual([home.at(openCodeLog('msg_0'))])
    expect(home.total()).toMatchObject({ calls: 1, output: 50 })
    home.write(openCodeLog('msg_0'), openCodeMessage({ id: 'msg_0', createdMs: Date.UTC(2026, 8, 2) }))
    expect(await total()).toMatchObject({ calls: 2 })
  })
})
