import { t } from '@lingui/core/macro'
import type { Account } from '../../shared/accounts.ts'
import type { AlertState, Pattern, RuleKind, Severity } from '../../shared/alerts.ts'
import { providers, type ProviderId } from '../../shared/providers.ts'
import { parseScope } from '../../shared/scope.ts'
import type { Period } from '../../shared/time.ts'

/** Words for what the contract names by a short word. */
export const periodWords: Record<Period, string> = {
  hour: t`Each hour`,
  day: t`Each day`,
  week: t`Each week`,
  month: t`Each month`,
  rolling24h: t`Any 24 hours`,
}

/** The same within a sentence. */
export const periodWordsInside: Record<Period, string> = {
  hour: t`each hour`,
  day: t`each day`,
  week: t`each week`,
  month: t`each month`,
  rolling24h: t`any 24 hours`,
}

export const accountStateWords: Record<Account['state'], string> = {
  new: t`Waiting for its first poll`,
  filling: t`Reading history`,
  ok: t`Up to date`,
  stale: t`Stale`,
  failed: t`Failed`,
  paused: t`Paused`,
}

export const alertStateWords: Record<AlertState, string> = {
  pending: t`Pending`,
  firing: t`Firing`,
  acknowledged: t`Acknowledged`,
  snoozed: t`Snoozed`,
  resolved: t`Resolved`,
}

export const severityWords: Record<Severity, string> = { info: t`Info`, warning: t`Warning`, critical: t`Critical` }

export const severityWordsInside: Record<Severity, string> = {
  info: t`info`,
  warning: t`warning`,
  critical: t`critical`,
}

export const ruleWords: Record<RuleKind, string> = {
  budget: t`Budget`,
  velocity: t`Velocity`,
  anomaly: t`Unusual spend`,
  forecast: t`Forecast`,
  calibration: t`Estimate differs from the bill`,
  credential: t`Key refused`,
  balance: t`Prepaid money`,
  blind: t`Cannot be seen`,
}

export const groupWords = {
  provider: t`Provider`,
  account: t`Account`,
  workspace: t`Workspace`,
  project: t`Project`,
  model: t`Model`,
  key: t`Key`,
} as const

/** The same within a sentence. */
export const groupWordsInside: Record<keyof typeof groupWords, string> = {
  provider: t`provider`,
  account: t`account`,
  workspace: t`workspace`,
  project: t`project`,
  model: t`model`,
  key: t`key`,
}

export function providerLabel(id: string): string {
  return id in providers ? providers[id as ProviderId].label : id
}

/** A scope in the words people gave: the label of an account instead of its id. */
export function scopeLabel(scope: string, accounts: readonly { id: string; label: string }[]): string {
  const parsed = parseScope(scope)
  if (!parsed) return scope
  switch (parsed.kind) {
    case 'all':
      return t`Everything`
    case 'provider':
      return providerLabel(parsed.name)
    case 'account':
      return accounts.find(({ id }) => id === parsed.name)?.label ?? parsed.name
    default:
      return `${groupWords[parsed.kind]} ${parsed.name}`
  }
}

/** What a rise looks like, in a word or two. */
export const patternWords: Record<Pattern, string> = {
  cliff: t`Sudden`,
  ramp: t`Still rising`,
  creep: t`Creeping up`,
  burst: t`A burst`,
  plateau: t`Plateau`,
  'rate-limit': t`At a rate limit`,
  'cache-miss': t`Cache misses`,
  'retry-storm': t`Retry storm`,
  'new-model': t`New model`,
  'new-line-item': t`New line item`,
  'new-key': t`New key`,
  'new-project': t`New project`,
  'dormant-key': t`Dormant key`,
  recharge: t`Recharges`,
  'price-mismatch': t`Price mismatch`,
}

/** For a word that begins a line, such as "everything". */
export function capital(text: string): string {
  return text.slice(0, 1).toLocaleUpperCase() + text.slice(1)
}
