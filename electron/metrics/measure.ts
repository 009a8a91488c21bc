import type { GuardMetrics } from '../../shared/guard-metrics.ts'
import { dayMs } from '../../shared/time.ts'
import type { Verdict } from '../../shared/verdicts.ts'
import { spreadOf } from './spread.ts'
import { firedAtMs, isOfSpend, takenAtMs, type AlertStory, type StoryDelivery } from './story.ts'

type Measured = Omit<GuardMetrics, 'from' | 'to' | 'prevented'>

export interface Channels {
  /** Null for one that was removed. */
  named(id: string): { label: string; kind: string } | null
}

const monthMs = 30 * dayMs

/** Everything but money, of the alerts that opened in a window that ends now. docs/observability.md says how and why. */
export function measure(
  stories: readonly AlertStory[],
  channels: Channels,
  window: { fromMs: number | null; nowMs: number },
): Measured {
  const fired = stories.filter((story) => firedAtMs(story) !== null)
  const first = new Map(fired.map((story) => [story, firstTold(story, channels)]))
  const told = fired.filter((story) => first.get(story))
  return {
    fired: countFired(fired),
    timeToAlert: {
      sinceItBegan: spreadOf(waitsOf(first, true)),
      sinceItShowed: spreadOf(waitsOf(first, false)),
    },
    deliveries: byChannel(stories, channels),
    action: acted(told, window.nowMs),
    timeToAcknowledge: spreadOf(
      fired.flatMap((story) => {
        const [fromMs, toMs] = [firedAtMs(story), takenAtMs(story)]
        return fromMs !== null && toMs !== null && toMs >= fromMs ? [toMs - fromMs] : []
      }),
    ),
    verdicts: judged(fired),
    falsePages: falsePages(told, window),
  }
}

/** An icon in the tray is no message: nobody need have seen it. */
function isMessage(delivery: StoryDelivery, channels: Channels): boolean {
  return delivery.occasion === 'fired' && channels.named(delivery.channelId)?.kind !== 'tray'
}

type Told = StoryDelivery & { deliveredAtMs: number }

/** The first message about it that arrived. */
function firstTold({ deliveries }: AlertStory, channels: Channels): Told | null {
  const arrived = deliveries.filter((one): one is Told => one.deliveredAtMs !== null && isMessage(one, channels))
  return arrived.toSorted((a, b) => a.deliveredAtMs - b.deliveredAtMs)[0] ?? null
}

/** A message that quiet hours held back says nothing of how fast the guard is. */
function waitsOf(first: ReadonlyMap<AlertStory, Told | null>, ofSpend: boolean): number[] {
  return [...first].flatMap(([story, told]) => {
    if (!told || told.held === 'quiet' || isOfSpend(story.rule) !== ofSpend) return []
    return [Math.max(0, told.deliveredAtMs - (ofSpend ? story.sinceMs : story.openedAtMs))]
  })
}

function countFired(fired: readonly AlertStory[]): Measured['fired'] {
  const groups = Map.groupBy(fired, ({ rule, severity }) => `${rule} ${severity}`)
  return [...groups.values()].flatMap((group) =>
    group[0] ? [{ rule: group[0].rule, severity: group[0].severity, count: group.length }] : [],
  )
}

/** By message: several alerts that went as one count once, with the longest of their waits. */
function byChannel(stories: readonly AlertStory[], channels: Channels): Measured['deliveries'] {
  const groups = Map.groupBy(
    stories.flatMap((story) => story.deliveries),
    ({ channelId }) => channelId,
  )
  return [...groups].map(([channelId, deliveries]) => {
    const messages = [...Map.groupBy(deliveries, ({ messageId }) => messageId).values()]
    const count = (...states: StoryDelivery['state'][]) =>
      messages.filter(([first]) => first && states.includes(first.state)).length
    const [delivered, failed] = [count('delivered'), count('failed')]
    const named = channels.named(channelId)
    return {
      channelId,
      channel: named?.label ?? null,
      kind: named?.kind ?? null,
      delivered,
      failed,
      open: count('pending', 'accepted'),
      success: delivered + failed === 0 ? null : delivered / (delivered + failed),
      latency: spreadOf(messages.flatMap(latencyOf)),
    }
  })
}

/** Only of what was to go at once: what was held back on purpose took as long as it should. */
function latencyOf(message: readonly StoryDelivery[]): number[] {
  const waits = message.flatMap(({ occasion, held, owedAtMs, deliveredAtMs }) =>
    occasion === 'fired' && held === null && deliveredAtMs !== null ? [Math.max(0, deliveredAtMs - owedAtMs)] : [],
  )
  return waits.length === 0 ? [] : [Math.max(...waits)]
}

/** Alerts younger than a day are left out: whoever will act on them still may. */
function acted(told: readonly AlertStory[], nowMs: number): Measured['action'] {
  const old = told.filter((story) => nowMs - (firedAtMs(story) ?? nowMs) >= dayMs)
  const hasActed = (story: AlertStory) => {
    const untilMs = (firedAtMs(story) ?? 0) + dayMs
    return [takenAtMs(story), story.verdict?.firstAtMs ?? null].some((atMs) => atMs !== null && atMs <= untilMs)
  }
  const count = old.filter(hasActed).length
  return { acted: count, of: old.length, rate: old.length === 0 ? null : count / old.length }
}

function judged(fired: readonly AlertStory[]): Measured['verdicts'] {
  const count = (verdict: Verdict) => fired.filter((story) => story.verdict?.verdict === verdict).length
  const counts = { real: count('real'), false: count('false'), expected: count('expected') }
  const all = counts.real + counts.false + counts.expected
  return { counts, unjudged: fired.length - all, falseRate: all === 0 ? null : counts.false / all }
}

/** Unknown where alerts were told and nobody said of any what it was; and before there is a day to speak of. */
function falsePages(
  told: readonly AlertStory[],
  { fromMs, nowMs }: { fromMs: number | null; nowMs: number },
): Measured['falsePages'] {
  const count = told.filter((story) => story.verdict?.verdict === 'false').length
  const lengthMs = fromMs === null ? 0 : nowMs - fromMs
  const isKnown = lengthMs >= dayMs && (told.length === 0 || told.some((story) => story.verdict !== null))
  return { count, told: told.length, perMonth: isKnown ? (count * monthMs) / lengthMs : null }
}
