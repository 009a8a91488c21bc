import fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import { createJsonSearch, type JsonSearch } from '../../../electron/agent-logs/json-search.ts'
import { countOf, hashOf, timeOf } from '../../../electron/agent-logs/values.ts'
import { wholeObjects } from '../../../electron/agent-logs/whole-objects.ts'

const fields = {
  id: 'value',
  time: 'value',
  count: 'value',
  flag: 'value',
  list: 'value',
  in: { id: 'value', in: { count: 'value' } },
} as const

let search: JsonSearch
beforeEach(() => (search = createJsonSearch()))

/** Puts a text behind `before` other bytes; a newline ends it, as every line. */
function put(text: Buffer | string, before = 0): { from: number; to: number } {
  const bytes = Buffer.concat([Buffer.from(text), Buffer.from('\n')])
  let room: Buffer = search.bytes()
  while (room.length < before + bytes.length) room = search.enlarge()
  bytes.copy(room, before)
  const from = room.byteOffset + before
  return { from, to: from + bytes.length - 1 }
}

/** All whole objects in a line, as what was asked for. */
function read(text: Buffer | string, before = 0) {
  const table = search.table(fields)
  const { from, to } = put(text, before)
  const found: { at: number; told: ReturnType<typeof told> }[] = []
  search.eachObject(from, to, table, (at) => found.push({ at: at - from, told: told(table.slots) }))
  return found
}

type Told = ReturnType<typeof told>
function told(slots: ReturnType<typeof search.table<typeof fields>>['slots']) {
  return {
    id: search.text(slots.id),
    hash: search.hash(slots.id),
    name: search.name(slots.id),
    isText: search.isText(slots.id),
    time: search.time(slots.time),
    count: search.count(slots.count),
    flag: search.isTrue(slots.flag),
    hasList: search.list(slots.list).to > 0,
    isObject: search.isObject(slots.in.self),
    inner: search.text(slots.in.id),
    deep: search.count(slots.in.in.count),
  }
}

type Json = Record<string, unknown>
const object = (value: unknown): Json | null =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : null

const textIn = (value: unknown) => (typeof value === 'string' ? value : '')

/** The same by way of JSON.parse. */
function expected(value: Json): Told {
  const inner = object(value['in'])
  return {
    id: textIn(value['id']),
    hash: hashOf(textIn(value['id'])),
    name: textIn(value['id']),
    isText: typeof value['id'] === 'string',
    time: timeOf(value['time']),
    count: countOf(value['count']),
    flag: value['flag'] === true,
    hasList: Array.isArray(value['list']),
    isObject: inner !== null,
    inner: textIn(inner?.['id']),
    deep: countOf(object(inner?.['in'])?.['count']),
  }
}

const times = fc
  .date({ noInvalidDate: true, min: new Date(0), max: new Date('2100-01-01') })
  .map((date) => date.toJSON())
const values = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.constantFrom('"', '\\', '{"', '}', '\n', 'é', '任', '\u{1f680}', 'a', ',', '\ud800') }),
  fc.string({ minLength: 10, maxLength: 60 }),
  times,
  fc.maxSafeInteger(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.boolean(),
  fc.constant(null),
  fc.array(fc.jsonValue()),
)
const objects: fc.Arbitrary<Json> = fc.letrec<{ object: Json }>((tie) => ({
  object: fc.dictionary(
    fc.oneof(fc.constantFrom('id', 'time', 'count', 'flag', 'list', 'in'), fc.string(), fc.string({ unit: 'binary' })),
    fc.oneof({ withCrossShrink: true, depthSize: 'small' }, values, tie('object')),
    { maxKeys: 8, noNullPrototype: true },
  ),
})).object

describe('reading fields of JSON', () => {
  it('comes to what JSON.parse comes to, wherever the object lies', () => {
    fc.assert(
      fc.property(objects, fc.nat(40), fc.constantFrom('', '\t', ' \r'), (value, before, space) => {
        // In a line there is no end of line; what is indented is another text for the same.
        const text = JSON.stringify(value, null, space && 1).replaceAll('\n', space)
        const parsed = JSON.parse(text) as Json
        const found = read(text, before)
        expect(found).toEqual(Object.keys(value).length === 0 ? [] : [{ at: 0, told: expected(parsed) }])
      }),
      { numRuns: 500 },
    )
  })

  it('finds the same whole objects as a search for braces in torn, glued and empty writes', () => {
    const torn = fc.tuple(objects, fc.nat()).map(([value, cut]) => {
      const text = JSON.stringify(value)
      return text.slice(0, cut % (text.length + 1))
    })
    const pieces = fc.oneof(
      objects.map((value) => JSON.stringify(value)),
      torn,
      fc.constantFrom('\u0000\u0000\u0000', '\ufeff', '\r', '  ', '{', '"', '{}', ',', 'x'),
    )
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 5 }), (parts) => {
        const text = parts.join('')
        const known = wholeObjects(text).map(({ value, at }) => ({
          at: Buffer.byteLength(text.slice(0, at)),
          told: expected(value),
        }))
        expect(read(text)).toEqual(known)
      }),
      { numRuns: 1_000 },
    )
  })

  it.each([
    ['a text without an end', '{"id":"abc'],
    ['a text that ends in a backslash', '{"id":"abc\\'],
    ['an escape that there is not', '{"other":"a\\xb"}'],
    ['an escape with too few digits', '{"other":"a\\u12g4"}'],
    ['a name with a broken escape', '{"cou\\nt":1,"a\\qb":2}'],
    ['a control character in a text', '{"id":"a\u0000b"}'],
    ['a comma too many', '{"id":1,}'],
    ['a comma too few', '{"id":1"count":2}'],
    ['a missing colon', '{"id" 1}'],
    ['a missing value', '{"id":}'],
    ['a bare word', '{"id":nil}'],
    ['a word that goes on', '{"id":nullx}'],
    ['a word that ends differently', '{"flag":falsy}'],
    ['a list that is closed by a brace', '{"list":[1}}'],
    ['a list with a comma too many', '{"list":[1,]}'],
    ['a sign without a number', '{"count":-}'],
    ['no object', '["id"]'],
    ['nothing', ''],
  ])('takes nothing from %s', (_what, text) => {
    expect(read(text)).toEqual([])
  })

  it('has room for objects within objects, and an end to it', () => {
    const nested = (depth: number) => `{"count":7,"other":${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}}`
    expect(read(nested(900))).toEqual([{ at: 0, told: expect.objectContaining({ count: 7 }) }])
    expect(read(`{"list":${'['.repeat(100_000)}${']'.repeat(100_000)}}`)).toEqual([])
    expect(read(nested(100_000)).every(({ told }) => told.count === 0)).toBe(true)
  })

  it('reads no field twice: what a line does not say is not what the one before said', () => {
    expect(read('{"id":"a","count":5,"in":{"id":"b"}}')[0]?.told).toMatchObject({ id: 'a', count: 5, inner: 'b' })
    expect(read('{"other":1}')[0]?.told).toMatchObject({ id: '', count: 0, inner: '', isObject: false })
  })

  it('tells names apart that have the same length and end', () => {
    const table = search.table({ ab_tokens: 'value', cd_tokens: 'value' })
    const { from, to } = put('{"xy_tokens":1,"cd_tokens":2,"ab_tokens":3}')
    const counts: number[] = []
    search.eachObject(from, to, table, () =>
      counts.push(search.count(table.slots.ab_tokens), search.count(table.slots.cd_tokens)),
    )
    expect(counts).toEqual([3, 2])
  })

  it('gives numbers of any kind their value', () => {
    const numbers = [
      '0',
      '-0',
      '12',
      '-12',
      '999999999999999',
      '9999999999999999',
      '1.5',
      '2e3',
      '2E+3',
      '1e-7',
      '1e400',
    ]
    for (const number of numbers)
      expect(read(`{"count":${number}}`)[0]?.told.count, number).toBe(countOf(JSON.parse(number)))
  })
})

describe('room for lines', () => {
  it('keeps what is in it when it becomes larger, and is small again when it is renewed', () => {
    const small = search.bytes().length
    const table = search.table(fields)
    const text = `{"id":"first","other":"${'x'.repeat(3 * small)}","count":3}`
    expect(read(text)[0]?.told).toMatchObject({ id: 'first', count: 3 })
    expect(search.bytes().length).toBeGreaterThan(3 * small)
    search.renew()
    expect(search.bytes().length).toBe(small)
    expect(search.table(fields)).toBe(table)
    expect(read('{"id":"second"}')[0]?.told).toMatchObject({ id: 'second', count: 0 })
  })
})

describe('searching lines', () => {
  const lines = fc.array(fc.string({ unit: fc.constantFrom('a', 'b', 'ab', 'aab', ' '), maxLength: 40 }), {
    minLength: 1,
  })

  it('finds the first place of a marker between two others', () => {
    const marker = search.marker('aab', [0, 2])
    fc.assert(
      fc.property(lines, fc.nat(), fc.nat(), (parts, a, b) => {
        const text = parts.join('')
        const { from } = put(text)
        const [start = 0, end = 0] = [a % (text.length + 1), b % (text.length + 1)].sort((x, y) => x - y)
        const at = text.slice(0, end).indexOf('aab', start)
        expect(search.find(from + start, from + end, marker)).toBe(at < 0 ? 0 : from + at)
      }),
    )
  })

  it('knows where the line begins and ends that a place is in', () => {
    fc.assert(
      fc.property(lines, fc.nat(), fc.nat(), (parts, a, b) => {
        const text = parts.join('\n')
        const { from, to } = put(text)
        const [start = 0, place = 0] = [a % (text.length + 1), b % (text.length + 1)].sort((x, y) => x - y)
        const begin = text.lastIndexOf('\n', place - 1) + 1
        const end = text.indexOf('\n', place)
        expect(search.startOfLine(from + place, from + start)).toBe(from + Math.max(start, place === 0 ? 0 : begin))
        expect(search.endOfLine(from + place)).toBe(end < 0 ? to : from + end)
      }),
    )
  })
})
