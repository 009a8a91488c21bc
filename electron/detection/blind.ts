import type { Failure } from '../../shared/failures.ts'
import { dayMs, hourMs, minuteMs, spanText } from '../../shared/time.ts'
import { i18n, sentences } from '../../shared/words.ts'
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
/** A pause this old was probably forgotten: nobody means to leave a guard blind for a day. */
const forgottenAfterMs = dayMs
/** Data this many times as late as it usually is stands out. */
const lagTimes = 3
/** Accounts that are this close to being blind are told of together with the first. */
const togetherMs = 2 * minuteMs
const aboutMoney = new Set<OpenAlert['rule']>(['budget', 'velocity', 'anomaly'])
/** This many active hours make a habit, from which a longer silence stands out. */
const habitHours = 72
const shortestSilenceMs = 3 * hourMs

/**
 * A guard that cannot see must say so. Three ways of not seeing: accounts have not been read for long, whatever the
 * reason, which is one alert for all of them, because one dead connection blinds them all; an account is read well, and
 * its data is old; or it shows nothing, where there never was such a silence. None of them is a fall in spend.
 */
export function judgeSight(input: {
  accounts: readonly AccountSight[]
  open: readonly OpenAlert[]
  /** Since when the guard itself has been awake; null for one that lives for a single poll. */
  awakeSinceMs: number | null
  /** Since when a person keeps it from reading; null while it reads. */
  pausedSinceMs?: number | null
  nowMs: number
}): Judgement {
  const { accounts, open, awakeSinceMs, nowMs } = input
  const judgement: Judgement = { findings: [], cleared: new Map() }
  // Nothing is read, and that is wanted: nothing is found by it, and nothing is over because of it.
  if (typeof input.pausedSinceMs === 'number') {
    if (nowMs - input.pausedSinceMs >= forgottenAfterMs)
      judgement.findings.push(describeForgottenPause(input.pausedSinceMs, nowMs))
    return judgement
  }
  if (open.some(({ identity }) => identity === 'paused'))
    judgement.cleared.set('paused', i18n.t('The guard reads again.'))
  const waits = accounts.map((account) => ({ account, overMs: unreadBeyond(account, awakeSinceMs, nowMs) }))
  const told = open.some(({ identity }) => identity === 'blind')
  if (waits.some(({ overMs }) => overMs > 0)) {
    const blind = waits.filter(({ overMs }) => overMs > -togetherMs).map(({ account }) => account)
    judgement.findings.push(describeBlind(blind, isBurning(blind, open), nowMs))
  } else if (told && accounts.every((account) => account.failure === null || account.paused)) {
    judgement.cleared.set('blind', i18n.t('Every account is read again.'))
  }
  for (const account of accounts) {
    const lagging = `lagging:${account.accountId}`
    if (isLagging(account, awakeSinceMs, nowMs)) judgement.findings.push(describeLag(account, lagging, nowMs))
    else judgement.cleared.set(lagging, i18n.t('Its newest data is as new as it usually is.'))
    const identity = `silent:${account.accountId}`
    const silence = unusualSilence(account)
    if (silence) judgement.findings.push(describeSilence(account, identity, silence, nowMs))
    else if (account.failure === null && !account.paused)
      judgement.cleared.set(identity, i18n.t('Spend shows up again.'))
  }
  const watched = new Set(accounts.map((account) => account.accountId))
  for (const { rule, identity } of open) {
    const [what, accountId = ''] = identity.split(':')
    if (rule === 'blind' && (what === 'silent' || what === 'lagging') && !watched.has(accountId))
      judgement.cleared.set(identity, i18n.t('The account was removed.'))
  }
  return judgement
}

function isBurning(blind: readonly AccountSight[], open: readonly OpenAlert[]): boolean {
  const scopes = new Set(['all', ...blind.map((account) => `account:${account.accountId}`)])
  return open.some(({ rule, scope }) => aboutMoney.has(rule) && scopes.has(scope))
}

/**
 * By how much the time since the account was last seen is beyond what is allowed; negative while it is not. Time that
 * the guard itself slept does not count, and one or two failures are no blindness: right after waking up there is
 * often no network yet.
 */
function unreadBeyond(account: AccountSight, awakeSinceMs: number | null, nowMs: number): number {
  if (account.paused || account.failure === null || account.failuresInRow < fewestFailures) return -Infinity
  const allowedMs = Math.max(shortestBlindMs, 3 * account.everyMs + account.latencyMs)
  return nowMs - Math.max(seenAtMs(account), awakeSinceMs ?? 0) - allowedMs
}

/**
 * A provider that answers well, but with data far older than it usually is: by its own word, because of one that does not
 * tell up to when its data is complete only silence is to be seen.
 */
function isLagging(account: AccountSight, awakeSinceMs: number | null, nowMs: number): boolean {
  if (account.paused || account.failure !== null || account.knownToMs === null) return false
  const allowedMs = Math.max(shortestBlindMs, lagTimes * (account.everyMs + account.latencyMs))
  return nowMs - Math.max(account.knownToMs, awakeSinceMs ?? 0) > allowedMs
}

function seenAtMs(account: AccountSight): number {
  return account.knownToMs ?? account.addedAtMs
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

/** Each further day is told once more. */
function describeForgottenPause(sinceMs: number, nowMs: number): Finding {
  const days = Math.floor((nowMs - sinceMs) / dayMs)
  return {
    ...base,
    identity: 'paused',
    scope: 'all',
    severity: 'warning',
    steps: Array.from({ length: days }, (_, day) => `day ${day + 1}`),
    sinceMs,
    summary: i18n.t(
      'The guard has been paused for {span}. Nothing is read, and what is spent now is not known. Resume it.',
      { span: spanText(nowMs - sinceMs) },
    ),
  }
}

/** While something is already open for one of them, not seeing it is as bad as it gets. */
function describeBlind(blind: readonly AccountSight[], burning: boolean, nowMs: number): Finding {
  const sinceMs = Math.min(...blind.map(seenAtMs))
  const [first] = blind
  const names = blind.map((account) => account.label).join(', ')
  return {
    ...base,
    identity: 'blind',
    scope: blind.length === 1 ? `account:${first?.accountId}` : 'all',
    severity: burning ? 'critical' : 'warning',
    steps: [...blind.map((account) => account.accountId).sort(), ...(burning ? ['burning'] : [])],
    sinceMs,
    summary: sentences(
      i18n.t(
        '{count, plural, one {{names} has not been read for {span}; what it spends now is not known.} other {{names} have not been read for {span}; what they spend now is not known.}}',
        { count: blind.length, names, span: spanText(nowMs - sinceMs) },
      ),
      first?.failure?.message ?? null,
    ),
  }
}

function describeLag(account: AccountSight, identity: string, nowMs: number): Finding {
  const sinceMs = seenAtMs(account)
  return {
    ...base,
    identity,
    scope: `account:${account.accountId}`,
    severity: 'warning',
    steps: ['lagging'],
    sinceMs,
    summary: i18n.t(
      '{account} is read, but its newest data is {age} old; it is usually {late} late. What it spends now is not known.',
      {
        account: account.label,
        age: spanText(nowMs - sinceMs),
        late: spanText(Math.max(minuteMs, account.latencyMs)),
      },
    ),
  }
}

function describeSilence(
  account: AccountSight,
  identity: string,
  { sinceMs, longestMs }: { sinceMs: number; longestMs: number },
  nowMs: number,
): Finding {
  const said = { account: account.label, span: spanText(nowMs - sinceMs), pause: spanText(longestMs) }
  return {
    ...base,
    identity,
    scope: `account:${account.accountId}`,
    severity: 'info',
    steps: ['silent'],
    sinceMs,
    summary: sentences(
      longestMs >= hourMs
        ? i18n.t(
            '{account} is read, but has shown no spend for {span}; the longest pause in two weeks was {pause}.',
            said,
          )
        : i18n.t('{account} is read, but has shown no spend for {span}; it never paused.', said),
      i18n.t('Either nothing runs, or the key no longer sees it.'),
    ),
  }
}
