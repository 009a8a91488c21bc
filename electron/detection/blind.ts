import type { Failure } from '../../shared/failures.ts'
import { hourMs, minuteMs } from '../../shared/time.ts'
import type { Finding, Judgement, OpenAlert } from './finding.ts'

/** What a guard must know of an account to say whether it sees it. */
export interface AccountSight {
  accountId: string
  label: string
  /** Every how often its usage should be read, and how late the provider declares it to be. */
  everyMs: number
  latencyMs: number
  /** Up to when spend is known; null before the first read was complete. */
  knownToMs: number | null
  /** Since when the account is watched at all. */
  addedAtMs: number
  /** Why the last read failed, and how often it has in a row; null when it did not. */
  failure: Failure | null
  failuresInRow: number
  /** A person paused it, or has to act: the credential rule speaks of that. */
  paused: boolean
  /** Starts of hours with spend over the last two weeks, ascending. */
  activeHours: readonly number[]
}

const shortestBlindMs = 20 * minuteMs
const fewestFailures = 3
const aboutMoney = new Set<OpenAlert['rule']>(['budget', 'velocity'])
/** This many active hours make a habit, from which a longer silence stands out. */
const habitHours = 72
const shortestSilenceMs = 3 * hourMs

/**
 * A guard that cannot see must say so. Two ways of not seeing: an account has not been read for long, whatever the
 * reason; or it is read well and shows nothing, where there never was such a silence. Neither is a fall in spend.
 */
export function judgeSight(input: {
  accounts: readonly AccountSight[]
  open: readonly OpenAlert[]
  /** Since when the guard itself has been awake; null for one that lives for a single poll. */
  awakeSinceMs: number | null
  nowMs: number
}): Judgement {
  const { awakeSinceMs, nowMs } = input
  const judgement: Judgement = { findings: [], cleared: new Map() }
  for (const account of input.accounts) {
    const blind = `blind:${account.accountId}`
    const silent = `silent:${account.accountId}`
    const burning = input.open.some(
      ({ rule, scope }) => aboutMoney.has(rule) && (scope === 'all' || scope === `account:${account.accountId}`),
    )
    const unread = unreadFor(account, awakeSinceMs, nowMs)
    if (unread !== null) judgement.findings.push(describeBlind(account, blind, unread, burning, nowMs))
    else if (account.failure === null && !account.paused) judgement.cleared.set(blind, 'The account is read again.')
    const silence = unusualSilence(account)
    if (silence) judgement.findings.push(describeSilence(account, silent, silence, nowMs))
    else if (account.failure === null && !account.paused) judgement.cleared.set(silent, 'Spend shows up again.')
  }
  const watched = new Set(input.accounts.map((account) => account.accountId))
  for (const { rule, identity } of input.open) {
    if (rule === 'blind' && !watched.has(identity.split(':')[1] ?? ''))
      judgement.cleared.set(identity, 'The account was removed.')
  }
  return judgement
}

/**
 * How long the account has not been seen, once that is too long; null otherwise. Time that the guard itself slept does
 * not count, and one or two failures are no blindness: right after waking up there is often no network yet.
 */
export function unreadFor(account: AccountSight, awakeSinceMs: number | null, nowMs: number): number | null {
  if (account.paused || account.failure === null || account.failuresInRow < fewestFailures) return null
  const seenMs = account.knownToMs ?? account.addedAtMs
  const allowedMs = Math.max(shortestBlindMs, 3 * account.everyMs + account.latencyMs)
  return nowMs - Math.max(seenMs, awakeSinceMs ?? 0) > allowedMs ? nowMs - seenMs : null
}

/**
 * A silence that is twice as long as any of the last two weeks, nights and weekends included; measured up to where the
 * account is known. Null while there is no habit to compare with.
 */
export function unusualSilence(account: AccountSight): { sinceMs: number; longestMs: number } | null {
  const { activeHours: hours, knownToMs } = account
  const last = hours.at(-1)
  if (last === undefined || hours.length < habitHours || knownToMs === null) return null
  const sinceMs = last + hourMs
  const longestMs = hours.reduce((longest, hour, index) => {
    const before = hours[index - 1]
    return before === undefined ? longest : Math.max(longest, hour - before - hourMs)
  }, 0)
  const silentMs = knownToMs - account.latencyMs - sinceMs
  return silentMs >= Math.max(shortestSilenceMs, 2 * longestMs) ? { sinceMs, longestMs } : null
}

const base = {
  rule: 'blind' as const,
  ruleId: null,
  unsure: false,
  amountNanos: null,
  limitNanos: null,
  currency: 'USD',
  contributors: [],
}

/** While something is already open for the account, not seeing it is as bad as it gets. */
function describeBlind(
  account: AccountSight,
  identity: string,
  unreadMs: number,
  burning: boolean,
  nowMs: number,
): Finding {
  const why = account.failure ? ` ${account.failure.message}` : ''
  return {
    ...base,
    identity,
    scope: `account:${account.accountId}`,
    severity: burning ? 'critical' : 'warning',
    steps: burning ? ['blind', 'blind during an alert'] : ['blind'],
    sinceMs: nowMs - unreadMs,
    summary: `${account.label} has not been read for ${spanText(unreadMs)}; what it spends now is not known.${why}`,
  }
}

function describeSilence(
  account: AccountSight,
  identity: string,
  { sinceMs, longestMs }: { sinceMs: number; longestMs: number },
  nowMs: number,
): Finding {
  const usual = longestMs >= hourMs ? `the longest pause in two weeks was ${spanText(longestMs)}` : 'it never paused'
  return {
    ...base,
    identity,
    scope: `account:${account.accountId}`,
    severity: 'info',
    steps: ['silent'],
    sinceMs,
    summary: `${account.label} is read, but has shown no spend for ${spanText(nowMs - sinceMs)}; ${usual}. Either nothing runs, or the key no longer sees it.`,
  }
}

/** `45 minutes`, `3 hours`, `2 days`. */
export function spanText(ms: number): string {
  const [count, unit] =
    ms < 2 * hourMs
      ? [Math.floor(ms / minuteMs), 'minutes']
      : ms < 48 * hourMs
        ? [Math.floor(ms / hourMs), 'hours']
        : [Math.floor(ms / (24 * hourMs)), 'days']
  return `${count} ${unit}`
}
