import { t } from '@lingui/core/macro'
import { Badge, type Tone } from './Badge.tsx'
import type { IconName } from './Icon.tsx'
import { accountStateWords, alertStateWords, severityWords } from '../words/names.ts'
import type { AccountState } from '../../shared/accounts.ts'
import type { AlertState, Severity } from '../../shared/alerts.ts'
import type { budgetStates } from '../../shared/budgets.ts'

const accountTones: Record<AccountState, [Tone, IconName]> = {
  new: ['neutral', 'clock'],
  filling: ['info', 'download'],
  ok: ['good', 'check'],
  stale: ['warning', 'clock'],
  failed: ['critical', 'alert'],
  paused: ['critical', 'alert'],
}

export function AccountBadge({ state }: { state: AccountState }) {
  const [tone, icon] = accountTones[state]
  return (
    <Badge tone={tone} icon={icon}>
      {accountStateWords[state]}
    </Badge>
  )
}

const alertTones: Record<AlertState, [Tone, IconName]> = {
  pending: ['neutral', 'clock'],
  firing: ['critical', 'bell'],
  acknowledged: ['info', 'check'],
  snoozed: ['neutral', 'clock'],
  resolved: ['good', 'check'],
}

export function AlertStateBadge({ state }: { state: AlertState }) {
  const [tone, icon] = alertTones[state]
  return (
    <Badge tone={tone} icon={icon}>
      {alertStateWords[state]}
    </Badge>
  )
}

const severityTones: Record<Severity, Tone> = { info: 'info', warning: 'warning', critical: 'critical' }

export function SeverityBadge({ severity }: { severity: Severity }) {
  return <Badge tone={severityTones[severity]}>{severityWords[severity]}</Badge>
}

const budgetLooks: Record<(typeof budgetStates)[number], [Tone, string]> = {
  ok: ['good', t`Within`],
  near: ['warning', t`Threshold passed`],
  breached: ['critical', t`Over the limit`],
  unknown: ['neutral', t`Unknown`],
}

export function BudgetBadge({ state }: { state: (typeof budgetStates)[number] }) {
  const [tone, word] = budgetLooks[state]
  return <Badge tone={tone}>{word}</Badge>
}
