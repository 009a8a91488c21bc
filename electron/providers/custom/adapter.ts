import { fail, type Failure } from '../../../shared/failures.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import { dayMs, floorTo, hourMs, minuteMs } from '../../../shared/time.ts'
import type { KeyCheck } from '../../../shared/accounts.ts'
import {
  widths,
  type Auth,
  type Balance,
  type Feed,
  type Options,
  type ProviderAdapter,
  type ReadContext,
  type Refusal,
} from '../adapter.ts'
import { parseManifest, type CustomFeed, type Manifest, type Parsed, type SpendFeed } from './manifest.ts'
import { mappingsOf, type Mapping } from './mapping.ts'
import { readSpend, readTotals } from './read.ts'
import { i18n, sentences } from '../../../shared/words.ts'

/** Any API that answers costs as JSON, read as a manifest says that a person wrote. */
export const custom: ProviderAdapter = {
  id: 'custom',
  origins: (options) => originsOf(manifestOf(options).manifest),
  auth: (secret, { options }) => authOf(manifestOf(options).manifest, secret),
  feeds: (options) => feedsOf(manifestOf(options).manifest),
  refuseOptions,
  refusal,
  keyKind: (secret, options) => {
    const { manifest } = manifestOf(options)
    const unused = manifest?.auth === null
    return {
      kind: i18n.t('Key'),
      refused: lacksPart(manifest, secret)
        ? i18n.t('The manifest sends a key of two parts. Enter both with a colon in between, as part:part.')
        : null,
      warnings: unused ? [i18n.t('The manifest sends no key ("auth" is null).')] : [],
    }
  },
  checkKey,
  async read(context, window) {
    const mapping = await mappingFor(context, window.feed)
    return mapping.ok ? readSpend(context, mapping.value as Mapping<SpendFeed>, window) : mapping
  },
  async readCounters(context, feed) {
    const mapping = await mappingFor(context, feed)
    return mapping.ok ? readTotals(context, mapping.value) : mapping
  },
  balances,
  // They are asked for together, so the slowest pace counts.
  balancesEveryMs: (options) =>
    Math.max(0, ...balanceFeedsOf(options).map(({ everyMinutes = 0 }) => everyMinutes * minuteMs)),
}

/** The same text is asked about for every poll and every look at an account. */
const parsed = new Map<string, Parsed>()
const mostParsed = 50

function manifestOf(options: Options): Parsed {
  const text = options['manifest'] ?? ''
  const known = parsed.get(text) ?? parseManifest(text)
  if (parsed.size >= mostParsed) parsed.clear()
  parsed.set(text, known)
  return known
}

function originsOf(manifest: Manifest | null): string[] {
  return manifest ? [manifest.origin] : []
}

function authOf(manifest: Manifest | null, secret: string): Auth {
  if (!manifest?.auth) return {}
  if (secret === '')
    return async () => err(fail('credential-rejected', i18n.t('The manifest sends a key, and there is none.')))
  const [first = '', second = ''] = secret.split(/:(.*)/s)
  const filled = (text: string) =>
    text.replaceAll(/\{key(?:\.([12]))?\}/g, (_all, part?: string) =>
      part === '1' ? first : part === '2' ? second : secret,
    )
  const { auth } = manifest
  if ('basic' in auth) return { authorization: `Basic ${btoa(filled(auth.basic))}` }
  return Object.fromEntries(Object.entries(auth.headers).map(([name, text]) => [name.toLowerCase(), filled(text)]))
}

/** The second part would be sent as nothing. */
function lacksPart(manifest: Manifest | null, secret: string): boolean {
  return secret !== '' && !secret.includes(':') && JSON.stringify(manifest?.auth ?? null).includes('{key.2}')
}

function refusal({ status, said }: Refusal): Failure | null {
  if (status !== 404) return null
  const because = said ? i18n.t('The provider says: {said}', { said }) : null
  const what = i18n.t('The server does not know this address (404). Check "origin" and "path" in the manifest.')
  return fail('not-found', sentences(what, because), { status })
}

/** A manifest that can no longer be read is one feed that fails and says why: an account must never fall silent. */
function feedsOf(manifest: Manifest | null): Feed[] {
  if (!manifest) return [{ id: 'manifest', plane: 'billed', widths: ['day'], latencyMs: 0, matureAfterMs: dayMs }]
  return manifest.feeds.flatMap((feed) => (feed.plane === 'none' ? [] : [feedOf(feed, feed.plane)]))
}

function feedOf(feed: CustomFeed, plane: Feed['plane']): Feed {
  return {
    id: feed.id,
    plane,
    widths: [feed.reads === 'spend' ? feed.width : 'minute'],
    latencyMs: feed.lateByMinutes * minuteMs,
    ...(plane === 'billed' ? { matureAfterMs: feed.finalAfterHours * hourMs } : {}),
    ...(feed.everyMinutes === undefined ? {} : { everyMs: feed.everyMinutes * minuteMs }),
    ...(feed.reads === 'spend' ? {} : { source: 'counter' as const }),
    ...(feed.reads === 'spend' && feed.keepsDays !== undefined ? { keepsMs: feed.keepsDays * dayMs } : {}),
  }
}

async function refuseOptions(options: Options): Promise<string | null> {
  const { manifest, problem } = manifestOf(options)
  if (!manifest) return problem
  const mappings = await mappingsOf(manifest)
  return mappings.ok ? null : mappings.failure.message
}

async function mappingFor({ options }: ReadContext, id: string): Promise<Result<Mapping>> {
  const { manifest, problem } = manifestOf(options)
  if (!manifest) return err(fail('invalid-input', problem))
  const mappings = await mappingsOf(manifest)
  if (!mappings.ok) return mappings
  const mapping = mappings.value.find(({ feed }) => feed.id === id)
  return mapping ? ok(mapping) : err(fail('invalid-input', i18n.t('The manifest has no feed {id} any more.', { id })))
}

/** Reads the newest of the first feed: an answer that is understood is what makes a key good. */
async function checkKey(context: ReadContext): Promise<KeyCheck> {
  const { manifest, problem } = manifestOf(context.options)
  const answer = (failure: Failure | null): KeyCheck => ({
    ok: failure === null,
    kind: i18n.t('Key'),
    organization: manifest?.name ?? null,
    warnings: [],
    failure,
  })
  const [first] = manifest?.feeds ?? []
  if (!first) return answer(fail('invalid-input', problem ?? i18n.t('The manifest has no feed.')))
  const read = await readNewest(context, first)
  return answer(read.ok ? null : read.failure)
}

async function readNewest(context: ReadContext, feed: CustomFeed): Promise<Result<unknown>> {
  const mapping = await mappingFor(context, feed.id)
  if (!mapping.ok) return mapping
  if (feed.reads !== 'spend') return readTotals(context, mapping.value)
  const toMs = floorTo(context.now(), widths[feed.width]) + widths[feed.width]
  const window = { feed: feed.id, width: feed.width, fromMs: toMs - widths[feed.width], toMs, open: true }
  return readSpend(context, mapping.value as Mapping<SpendFeed>, window)
}

async function balances(context: ReadContext): Promise<Result<Balance[]>> {
  const left: Balance[] = []
  for (const feed of balanceFeedsOf(context.options)) {
    const mapping = await mappingFor(context, feed.id)
    const read = mapping.ok ? await readTotals(context, mapping.value) : mapping
    if (!read.ok) return read
    for (const { currency, totalNanos } of read.value) left.push({ currency, leftNanos: -totalNanos })
  }
  return ok(left)
}

function balanceFeedsOf(options: Options): CustomFeed[] {
  return (manifestOf(options).manifest?.feeds ?? []).filter(({ reads }) => reads === 'balance')
}
