import type { Pattern } from '../../shared/alerts.ts'
import { spanText } from '../../shared/time.ts'
import { i18n, figureInWords, moneyInWords, percentInWords } from '../../shared/words.ts'
import type { Shape } from './anomaly/finding.ts'
import type { Profile } from './anomaly/profile.ts'
import { isNew, isStirring, withKind, type UsageDimension, type UsageHistory } from './newcomers.ts'

/** What one model did for one key, project and kind of token; by ids, because names change. */
export interface UsageLine extends Record<UsageDimension, string | null> {
  nanos: bigint
  /** Tokens, images, seconds: whatever the meter counts. */
  quantity: number
}

/** A rise beside what was usual: everything an explanation needs. */
export interface UsageChange {
  sinceMs: number
  /** Since it began; how long that is. */
  now: readonly UsageLine[]
  nowMs: number
  /** The week before it began; how much of it is known. */
  before: readonly UsageLine[]
  beforeMs: number
  history: UsageHistory
  /** The name people gave to an id. */
  nameOf(dimension: UsageDimension, id: string): string
  shape: Shape | null
  profile: Profile
  currency: string
}

export interface Explanation {
  pattern: Pattern | null
  /** Sentences, most telling first. */
  causes: string[]
}

const mostCauses = 4
/** Who did it: the one behind at least this much of the rise. */
const leastShare = 0.5
/** A share that grew by this is worth a word. */
const leastGrowth = 0.2
const tokens = new Set(['input', 'cached-input', 'cache-write', 'cache-write-1h', 'output'])
const inputs = new Set(['input', 'cached-input', 'cache-write', 'cache-write-1h'])
/** A good cache that now misses at least half of the time. */
const goodCache = 0.3
const manyTimes = 5
const steady = 0.1

/** Says why, as far as the numbers tell. A pattern is a guess by their form, the sentences are facts. */
export function explain(change: UsageChange): Explanation {
  const found = [
    ...byShape(change),
    ...byRecharge(change),
    ...byNames(change),
    ...byCache(change),
    ...byVolume(change),
    ...bySteadiness(change),
  ]
  const pattern = found.find((one) => one.pattern !== null)?.pattern ?? change.shape
  return { pattern, causes: found.map((one) => one.cause).slice(0, mostCauses) }
}

interface Reason {
  pattern: Pattern | null
  cause: string
}

function byRecharge({ profile: { lumps }, currency }: UsageChange): Reason[] {
  if (!lumps) return []
  const each = moneyInWords(lumps.amount.toFixed(2), currency)
  return [{ pattern: 'recharge', cause: i18n.t('{count} charges of {each} each.', { count: lumps.count, each }) }]
}

const newPatterns = { key: 'new-key', model: 'new-model', meter: 'new-line-item', project: 'new-project' } as const

/** Keys first: a key is what a person can revoke. */
function byNames(change: UsageChange): Reason[] {
  return (['key', 'model', 'meter', 'project'] as const).flatMap((dimension): Reason[] => {
    const leader = leaderOf(change, dimension)
    if (!leader) return []
    const name = withKind(dimension, change.nameOf(dimension, leader.id))
    const share = percentInWords(leader.share)
    const seenMs = change.history.lastSeenMs(dimension, leader.id)
    if (isNew(change.history, seenMs, change.sinceMs))
      return [
        { pattern: newPatterns[dimension], cause: i18n.t('First use of {name}: {share} of it.', { name, share }) },
      ]
    if (isStirring(seenMs, change.sinceMs))
      return [
        {
          pattern: dimension === 'key' ? 'dormant-key' : null,
          cause: i18n.t('{name}, silent for {span}, is now {share} of it.', {
            name: capital(name),
            span: spanText(change.sinceMs - (seenMs ?? 0)),
            share,
          }),
        },
      ]
    // Which kinds of tokens a rise is made of is the business of cache and volume.
    if (dimension === 'meter' || leader.usual === null || leader.share - leader.usual < leastGrowth) return []
    return [
      {
        pattern: null,
        cause: i18n.t('{name} is {share} of it, usually {usual}.', {
          name: capital(name),
          share,
          usual: percentInWords(leader.usual),
        }),
      },
    ]
  })
}

/** The id behind most of the rise, with its share of the spend now and, where it is known, in the week before. */
function leaderOf({ now, nowMs, before, beforeMs }: UsageChange, dimension: UsageDimension) {
  const scale = beforeMs > 0 ? nowMs / beforeMs : 0
  const spent = sumBy(now, (line) => line[dimension])
  const usual = sumBy(before, (line) => line[dimension])
  const total = sum(spent.values())
  const usualTotal = sum(usual.values())
  const rise = total - usualTotal * scale
  let leader: { id: string; excess: number } | null = null
  for (const [id, amount] of spent) {
    const excess = amount - (usual.get(id) ?? 0) * scale
    if (id !== null && excess > (leader?.excess ?? 0)) leader = { id, excess }
  }
  if (!leader || rise <= 0 || leader.excess < leastShare * rise) return null
  return {
    id: leader.id,
    share: total > 0 ? (spent.get(leader.id) ?? 0) / total : 0,
    usual: usualTotal > 0 ? (usual.get(leader.id) ?? 0) / usualTotal : null,
  }
}

function byCache(change: UsageChange): Reason[] {
  const [now, before] = [hitRate(change.now), hitRate(change.before)]
  if (now === null || before === null || before < goodCache || now > before / 2) return []
  const { cost, volume } = growth(change)
  return [
    {
      // As many tokens, far more money: the cache alone explains it.
      pattern: volume <= cost / 2 ? 'cache-miss' : null,
      cause: i18n.t('Cache hit rate {before} -> {now}.', { before: percentInWords(before), now: percentInWords(now) }),
    },
  ]
}

function hitRate(lines: readonly UsageLine[]): number | null {
  const all = quantityOf(lines, inputs)
  return all > 0 ? quantityOf(lines, new Set(['cached-input'])) / all : null
}

function byVolume(change: UsageChange): Reason[] {
  const { volume } = growth(change)
  if (!Number.isFinite(volume) || volume < 2) return []
  const reasons: Reason[] = [
    { pattern: null, cause: i18n.t('{factor} times as many tokens as usual.', { factor: factor(volume) }) },
  ]
  const [now, before] = [answerRate(change.now), answerRate(change.before)]
  // The same callers send the same again and again, and get little for it.
  if (
    volume >= manyTimes &&
    now !== null &&
    before !== null &&
    now <= before / 2 &&
    !byNames(change).some(({ pattern }) => pattern)
  )
    reasons.push({
      pattern: 'retry-storm',
      cause: i18n.t('Much goes in and little comes out: {now} tokens for each one sent, usually {before}.', {
        now: decimal(now),
        before: decimal(before),
      }),
    })
  return reasons
}

/** Tokens that came back for each that went in. */
function answerRate(lines: readonly UsageLine[]): number | null {
  const sent = quantityOf(lines, inputs)
  return sent > 0 ? quantityOf(lines, new Set(['output'])) / sent : null
}

function bySteadiness({ profile: { spread, steadyMs }, shape }: UsageChange): Reason[] {
  if (shape !== 'plateau' || spread === null || spread > steady) return []
  return [
    {
      pattern: 'rate-limit',
      cause: i18n.t('Steady to within {spread} for {span}, as at a rate limit.', {
        spread: percentInWords(spread),
        span: spanText(steadyMs),
      }),
    },
  ]
}

/** Polling cannot stop what is over in minutes; a person should know what can. */
function byShape({ shape }: UsageChange): Reason[] {
  if (shape !== 'burst') return []
  return [
    {
      pattern: null,
      cause: i18n.t('It was over before anybody could act: only a limit at the provider stops such a burst.'),
    },
  ]
}

/** How many times as much money and as many tokens as in the same time of the week before. */
function growth({ now, nowMs, before, beforeMs }: UsageChange): { cost: number; volume: number } {
  const scale = beforeMs > 0 ? nowMs / beforeMs : 0
  const cost = (lines: readonly UsageLine[]) => sum(lines.map(({ nanos }) => Number(nanos)))
  return {
    cost: cost(now) / (cost(before) * scale),
    volume: quantityOf(now, tokens) / (quantityOf(before, tokens) * scale),
  }
}

function quantityOf(lines: readonly UsageLine[], meters: ReadonlySet<string>): number {
  return sum(lines.filter(({ meter }) => meter !== null && meters.has(meter)).map(({ quantity }) => quantity))
}

function sumBy(lines: readonly UsageLine[], idOf: (line: UsageLine) => string | null): Map<string | null, number> {
  const sums = new Map<string | null, number>()
  for (const line of lines) sums.set(idOf(line), (sums.get(idOf(line)) ?? 0) + Number(line.nanos))
  return sums
}

function sum(values: Iterable<number>): number {
  let total = 0
  for (const value of values) total += value
  return total
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)
const factor = (value: number) => (value >= 10 ? String(Math.round(value)) : figureInWords(value, 1))
const decimal = (value: number) => figureInWords(value, 2)
