import { fail } from '../../../shared/failures.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import { amountOf, currencyCode } from '../../http/json-schema.ts'
import type { Dimensions } from '../adapter.ts'
import { loadExpressions, type Expression } from './expression.ts'
import { placed } from './manifest-problem.ts'
import { unitsPerWhole, type CustomFeed, type Manifest } from './manifest.ts'
import { parseStart } from './start.ts'

/** One feed of a manifest with its expressions made ready. */
export interface Mapping<Feed extends CustomFeed = CustomFeed> {
  feed: Feed
  /** What the expression at a place such as `amount` or `pages.next` finds; null where it finds nothing, or is not there. */
  pick(name: string, on: unknown, where: string): Result<unknown>
  /** A failure that names the place in the manifest, and never what is there. */
  refuse(name: string, problem: string): Result<never>
}

/** An amount of one row, and what it is for. */
export interface Amount extends Dimensions {
  currency: string
  nanos: bigint
}

/** Makes all expressions of a manifest ready, or tells which one cannot be. */
export async function mappingsOf(manifest: Manifest): Promise<Result<Mapping[]>> {
  const compile = await loadExpressions()
  const mappings: Mapping[] = []
  for (const [index, feed] of manifest.feeds.entries()) {
    const expressions = new Map<string, Expression>()
    for (const [name, text] of Object.entries(textsOf(feed))) {
      if (text === undefined) continue
      const made = compile(text)
      if ('problem' in made) return err(fail('invalid-input', placed(`feeds.${index}.${name}`, made.problem)))
      expressions.set(name, made)
    }
    mappings.push(mappingOf(feed, `feeds.${index}`, expressions))
  }
  return ok(mappings)
}

function mappingOf(feed: CustomFeed, place: string, expressions: ReadonlyMap<string, Expression>): Mapping {
  const refuse = (name: string, problem: string) => {
    const text = expressions.get(name)?.text
    return err(fail('unexpected-response', placed(`${place}.${name}`, text ? `"${text}" ${problem}` : problem)))
  }
  return {
    feed,
    refuse,
    pick(name, on, where) {
      const expression = expressions.get(name)
      if (!expression) return ok(null)
      const answer = expression.on(on)
      return 'problem' in answer ? refuse(name, `${answer.problem}, in ${where}`) : ok(answer.found)
    },
  }
}

function textsOf(feed: CustomFeed): Record<string, string | undefined> {
  const { rows, parts, amount, currency, model, project, key, lineItem, tier, pages } = feed
  return {
    rows,
    parts,
    amount,
    currency: typeof currency === 'string' ? currency : undefined,
    model,
    project,
    key,
    lineItem,
    tier,
    'pages.next': 'next' in pages ? pages.next : undefined,
    'pages.more': 'more' in pages ? pages.more : undefined,
    'pages.last': 'last' in pages ? pages.last : undefined,
    start: feed.reads === 'spend' ? feed.start : undefined,
    'since.at': feed.reads === 'total' && typeof feed.since === 'object' ? feed.since.at : undefined,
  }
}

/** What a row has to say; `where` is it in words, such as `row 3 of /v1/costs`. */
export interface Row {
  value: unknown
  where: string
}

/** The list that an expression finds. None at all is not the same as an empty one. */
export function listOf(mapping: Mapping, name: 'rows' | 'parts', on: unknown, where: string): Result<unknown[]> {
  const found = mapping.pick(name, on, where)
  if (!found.ok) return found
  if (!Array.isArray(found.value)) return mapping.refuse(name, `finds no list in ${where}`)
  return ok(found.value)
}

/** Made once: there may be a hundred thousand rows. */
const amounts = {
  units: amountOf(unitsPerWhole.units),
  cents: amountOf(unitsPerWhole.cents),
  millis: amountOf(unitsPerWhole.millis),
  micros: amountOf(unitsPerWhole.micros),
  nanos: amountOf(unitsPerWhole.nanos),
} as const satisfies Record<keyof typeof unitsPerWhole, unknown>

export function amountIn(mapping: Mapping, row: Row): Result<Amount> {
  const { feed } = mapping
  const found = mapping.pick('amount', row.value, row.where)
  if (!found.ok) return found
  const nanos = amounts[feed.amountIn].safeParse(found.value)
  if (!nanos.success)
    return mapping.refuse('amount', `finds ${found.value === null ? 'nothing' : 'no amount'} in ${row.where}`)
  const currency = currencyIn(mapping, row)
  if (!currency.ok) return currency
  const dimensions = dimensionsIn(mapping, row)
  if (!dimensions.ok) return dimensions
  return ok({
    ...dimensions.value,
    currency: currency.value,
    nanos: feed.negate ? -nanos.data : nanos.data,
  })
}

/** When what a row tells of began; null where it does not say. */
export function startIn(mapping: Mapping, name: 'start' | 'since.at', row: Row): Result<number | null> {
  const found = mapping.pick(name, row.value, row.where)
  if (!found.ok) return found
  if (found.value === null) return ok(null)
  const ms = parseStart(found.value, mapping.feed.reads === 'spend' ? mapping.feed.width : 'minute')
  return ms === null ? mapping.refuse(name, `finds no date or time in ${row.where}`) : ok(ms)
}

function currencyIn(mapping: Mapping, row: Row): Result<string> {
  const { currency } = mapping.feed
  if (typeof currency === 'object') return ok(currency.fixed)
  const found = mapping.pick('currency', row.value, row.where)
  if (!found.ok) return found
  const code = currencyCode.safeParse(found.value)
  return code.success
    ? ok(code.data)
    : mapping.refuse(
        'currency',
        `finds no currency of three letters in ${row.where}; one for all rows is {"fixed": "USD"}`,
      )
}

const dimensionNames = {
  model: 'model',
  project: 'project',
  apiKey: 'key',
  lineItem: 'lineItem',
  tier: 'tier',
} as const
const longestLabel = 200

function dimensionsIn(mapping: Mapping, row: Row): Result<Dimensions> {
  const dimensions: Dimensions = { model: null, project: null, apiKey: null, lineItem: null, tier: null }
  for (const [name, place] of Object.entries(dimensionNames)) {
    const found = mapping.pick(place, row.value, row.where)
    if (!found.ok) return found
    const { value } = found
    if (value === null || value === '') continue
    if (typeof value !== 'string' && typeof value !== 'number')
      return mapping.refuse(place, `finds neither text nor number in ${row.where}`)
    dimensions[name as keyof Dimensions] = String(value).slice(0, longestLabel)
  }
  return ok(dimensions)
}
