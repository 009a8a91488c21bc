/** Logs of the agents whose calls have ids, as these agents write them. */

interface Call {
  id?: string | null
  at?: string
  model?: string
  text?: string
}

export interface GeminiCall extends Call {
  tokens?: Record<string, number> | null
}

export const geminiLog = '.gemini/tmp/shop/chats/session-2026-09-01T10-00-g1.jsonl'

/** A message of Gemini CLI: a line of a `.jsonl`, one of many in a `.json`. */
export function geminiMessage(call: GeminiCall = {}): Record<string, unknown> {
  const { id = 'm1', at = '2026-09-01T10:00:00.000Z', model = 'gemini-2.5-pro' } = call
  return {
    ...(id === null ? {} : { id }),
    timestamp: at,
    type: 'gemini',
    content: call.text ?? 'say "hi" {"tokens":{"input":7}}',
    thoughts: [],
    tokens:
      call.tokens === undefined
        ? { input: 1000, output: 50, cached: 800, thoughts: 20, tool: 5, total: 1075 }
        : call.tokens,
    model,
  }
}

export const geminiHead = { sessionId: 'g1', projectHash: 'abc', startTime: '2026-09-01T10:00:00.000Z' }

/** A session as Gemini CLI wrote it before it wrote lines. */
export function geminiDocument(...messages: Record<string, unknown>[]): string {
  const person = { id: 'p1', timestamp: '2026-09-01T09:59:59.000Z', type: 'user', content: 'two\nlines' }
  return JSON.stringify({ ...geminiHead, messages: [person, ...messages] }, null, 2)
}

export interface QwenCall extends Call {
  session?: string
  usage?: Record<string, number>
  fork?: string
}

export const qwenLog = '.qwen/projects/-home-dev-shop/chats/q1.jsonl'

export function qwenLine(call: QwenCall = {}): string {
  const { id = 'u1', at = '2026-09-01T10:00:00.000Z', session = 'q1', fork } = call
  return JSON.stringify({
    ...(id === null ? {} : { uuid: id }),
    parentUuid: null,
    sessionId: session,
    timestamp: at,
    type: 'assistant',
    cwd: '/home/dev/shop',
    version: '0.9.0',
    model: call.model ?? 'qwen3-coder-plus',
    message: { role: 'model', parts: [{ text: call.text ?? 'say "hi"' }] },
    usageMetadata: {
      promptTokenCount: 1000,
      candidatesTokenCount: 50,
      thoughtsTokenCount: 20,
      totalTokenCount: 1050,
      cachedContentTokenCount: 800,
      ...call.usage,
    },
    ...(fork === undefined ? {} : { forkedFrom: { sessionId: fork, messageUuid: id } }),
  })
}

export interface OpenCodeCall {
  id?: string
  session?: string
  createdMs?: number
  model?: string
  tokens?: Record<string, unknown>
}

export const openCodeLog = (id = 'msg_1', session = 'ses_1') =>
  `.local/share/opencode/storage/message/${session}/${id}.json`

export function openCodeMessage(call: OpenCodeCall = {}): string {
  const { id = 'msg_1', session = 'ses_1', createdMs = Date.UTC(2026, 8, 1, 10) } = call
  return JSON.stringify(
    {
      id,
      sessionID: session,
      role: 'assistant',
      time: { created: createdMs, completed: createdMs + 5000 },
      modelID: call.model ?? 'claude-sonnet-4-5',
      providerID: 'anthropic',
      path: { cwd: '/home/dev/shop', root: '/home/dev/shop' },
      cost: 0,
      tokens: { input: 200, output: 50, reasoning: 0, cache: { read: 800, write: 30 }, ...call.tokens },
    },
    null,
    2,
  )
}

export interface CopilotCall {
  trace?: string
  span?: string
  endMs?: number
  operation?: string
  attributes?: Record<string, unknown>
}

export const copilotLog = '.copilot/otel/copilot-otel-1.jsonl'

/** A span as Copilot CLI exports it: times are seconds and nanoseconds. */
export function copilotSpan(call: CopilotCall = {}): string {
  const { trace = 't1', span = 's1', endMs = Date.UTC(2026, 8, 1, 10), operation = 'chat' } = call
  return JSON.stringify({
    type: 'span',
    name: `${operation} auto`,
    traceId: trace,
    spanId: span,
    kind: 2,
    startTime: [Math.floor(endMs / 1000) - 3, 106000000],
    endTime: [Math.floor(endMs / 1000), 288000000],
    status: { code: 0 },
    attributes: {
      'gen_ai.operation.name': operation,
      'gen_ai.provider.name': 'github',
      'gen_ai.request.model': 'auto',
      'gen_ai.response.model': 'claude-haiku-4.5',
      'gen_ai.usage.input_tokens': 19335,
      'gen_ai.usage.output_tokens': 114,
      'gen_ai.usage.cache_read.input_tokens': 8888,
      'gen_ai.usage.cache_creation.input_tokens': 10437,
      ...call.attributes,
    },
  })
}

export interface PiCall extends Call {
  usage?: Record<string, unknown>
}

export const piLog = '.pi/agent/sessions/--home-dev-shop--/2026-09-01T10-00-00-000Z_p1.jsonl'

export const piHead = JSON.stringify({ type: 'session', version: 3, id: 'p1', cwd: '/home/dev/shop' })

export function piLine(call: PiCall = {}): string {
  const { id = 'a1b2c3d4', at = '2026-09-01T10:00:00.000Z', model = 'claude-sonnet-4-5' } = call
  const usage = { input: 200, output: 50, cacheRead: 800, cacheWrite: 30, totalTokens: 1080, cost: { total: 0.1 } }
  return JSON.stringify({
    type: 'message',
    ...(id === null ? {} : { id }),
    parentId: 'prev1234',
    timestamp: at,
    message: {
      role: 'assistant',
      content: [{ type: 'text', text: call.text ?? 'say "hi" {"usage":{"input":7}}' }],
      provider: 'anthropic',
      model,
      usage: { ...usage, ...call.usage },
      stopReason: 'stop',
    },
  })
}
