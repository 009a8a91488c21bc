import { t } from '@lingui/core/macro'

/** What is checked, by the names that programs know. */
const words: Readonly<Record<string, string>> = {
  secrets: t`Keys`,
  database: t`Database`,
  clock: t`Clock`,
  network: t`Network`,
  watching: t`Watching`,
  accounts: t`Accounts`,
  heartbeat: t`Heartbeat`,
  'exchange rates': t`Exchange rates`,
}

export function checkedText(name: string): string {
  const [, kind, label] = /^(account|channel) (.+)$/.exec(name) ?? []
  if (label === undefined) return words[name] ?? name
  return kind === 'account' ? t`Account ${label}` : t`Channel ${label}`
}
