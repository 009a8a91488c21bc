import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createAgentHome, type AgentHome } from '../../fakes/agent-home.ts'
import { copilotLog, copilotSpan } from '../../fakes/agent-logs.ts'

describe('telemetry of Copilot CLI', () => {
  let home: AgentHome
  beforeEach(() => (home = createAgentHome()))
  afterEach(() => home.close())

  const read = async (lines: readonly (string | Buffer)[], file = copilotLog) => {
    home.write(file, Buffer.concat(lines.flatMap((line) => [Buffer.from(line), Buffer.from('\n')])))
    expect((await home.scan()).failed).toEqual([])
    return home.total()
  }
  const once = { calls: 1, input: 10, cachedInput: 8888, cacheWrite: 10437, output: 114 }

  it('counts chats, whose input is with the cache in it', async () => {
    expect(await read([copilotSpan()])).toMatchObject(once)
    expect(home.usage()).toMatchObject([{ agent: 'copilot', project: '', model: 'claude-haiku-4.5' }])
    expect(home.usage(1000)).toMatchObject([{ startMs: Date.UTC(2026, 8, 1, 10) }])
  })

  it('counts neither the sums over them nor tools nor totals that are written again and again', async () => {
    const metric = JSON.stringify({ type: 'metric', name: 'gen_ai.client.token.usage', dataPoints: [{ value: 99 }] })
    const log = JSON.stringify({ _body: 'GenAI inference: x', attributes: { 'gen_ai.usage.input_tokens': 9 } })
    const others = ['invoke_agent', 'execute_tool'].map((operation) => copilotSpan({ operation, span: operation }))
    expect(await read([...others, metric, metric, log, copilotSpan()])).toMatchObject(once)
  })

  it('counts a copy of a log once', async () => {
    await read([copilotSpan()])
    expect(await read([copilotSpan(), copilotSpan({ span: 's2' })], '.copilot/otel/copy.jsonl')).toMatchObject({
      calls: 2,
    })
    home.remove(copilotLog)
    home.restart()
    await home.scan()
    expect(home.total()).toMatchObject({ calls: 2 })
  })

  it('falls back on the model that was asked for', async () => {
    await read([copilotSpan({ attributes: { 'gen_ai.response.model': null, 'gen_ai.request.model': 'gpt-5' } })])
    expect(home.usage()).toMatchObject([{ model: 'gpt-5' }])
  })

  const whole = copilotSpan()
  const odd: Record<string, string | Buffer> = {
    'a torn line in front': copilotSpan({ span: 'torn' }).slice(0, 300) + whole,
    'two on a line': `${copilotSpan({ operation: 'invoke_agent' })}${whole}`,
    'NUL bytes in front': `${'\0'.repeat(40)}${whole}`,
    'a carriage return': `${whole}\r`,
    'bytes that are not UTF-8': Buffer.from(copilotSpan({ attributes: { note: 'X\u00ff\u00c3(' } }), 'latin1'),
    'a time that is none': whole.replace(/"endTime":\[[^\]]+\]/, '"endTime":null'),
    'numbers as text': whole.replace('19335', '"19335"'),
  }
  it.each(Object.entries(odd))('loses no call to %s', async (_, line) => {
    const second = copilotSpan({ span: 's2' })
    expect(await read([line, 'garbage "gen_ai.usage. {', second])).toMatchObject({ calls: 2, input: 20, output: 228 })
  })
})
