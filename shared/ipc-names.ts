import type { CallName, PushName } from './ipc.ts'

/** The names alone, for the preload script, which stays too small to hold the schemas. */
const callNames = {
  'status:get': true,
  'spend:report': true,
  'spend:history': true,
  'spend:export': true,
  'imports:start': true,
  'imports:get': true,
  'polls:run': true,
  'accounts:list': true,
  'accounts:check-key': true,
  'accounts:add': true,
  'accounts:replace-key': true,
  'accounts:test': true,
  'accounts:remove': true,
  'caps:list': true,
  'caps:read': true,
  'discovery:look': true,
  'budgets:list': true,
  'budgets:set': true,
  'budgets:remove': true,
  'budgets:preview': true,
  'plans:list': true,
  'plans:add': true,
  'plans:remove': true,
  'channels:list': true,
  'channels:add': true,
  'channels:test': true,
  'channels:remove': true,
  'alerts:list': true,
  'alerts:show': true,
  'alerts:acknowledge': true,
  'alerts:snooze': true,
  'alerts:resolve': true,
  'alerts:accept': true,
  'settings:get': true,
  'settings:change': true,
  'replay:run': true,
  'replay:library': true,
  'heartbeat:get': true,
  'heartbeat:set': true,
  'heartbeat:remove': true,
  'links:open': true,
  'doctor:run': true,
} as const satisfies Record<CallName, true>

const pushNames = { changed: true, fill: true } as const satisfies Record<PushName, true>

export const allCalls = Object.keys(callNames) as CallName[]
export const allPushes = Object.keys(pushNames) as PushName[]
