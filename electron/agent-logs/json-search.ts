import { wasm } from './json-search-wasm.ts'
import { countOf, hashOf, timeOf } from './values.ts'

/** What to read of an object: a value, or what is in an object there. A name has two letters at least. */
export interface Fields {
  readonly [name: string]: 'value' | Fields
}

/** Where what was read of them stands: for the object itself at `self`. */
export type Slots<F extends Fields> = { readonly self: number } & {
  readonly [Name in keyof F]: F[Name] extends Fields ? Slots<F[Name]> : number
}

/** Fields as the program knows them, and the slots that hold what was read of an object last. */
export interface Table<F extends Fields> {
  at: number
  slots: Slots<F>
  firstSlot: number
  slotBytes: number
}

/** Bytes to look for. */
export interface Marker {
  at: number
  length: number
  rare: readonly [number, number]
}

/** What assembly/json-search.ts exports; it says what each of them does. */
interface Program {
  memory: WebAssembly.Memory
  find(from: number, to: number, needle: number, length: number, a: number, b: number): number
  startOfLine(at: number, from: number): number
  endOfLine(at: number): number
  nextObject(from: number, to: number, fields: number, slots: number, slotBytes: number): number
  endOfFound(): number
}

export type JsonSearch = ReturnType<typeof createJsonSearch>

const program = new WebAssembly.Module(Buffer.from(wasm, 'base64'))
const pageBytes = 65_536
/** Tables, slots and markers come first. Nothing is written at 0. */
const tablesAt = 1_024
const linesAt = pageBytes
/** By sixteen bytes at a time, reading goes on for less than this behind the end of a line. */
const marginBytes = 64

/** Kinds of values, as assembly/json-search.ts numbers them. */
const kinds = { text: 1, oddText: 2, number: 3, oddNumber: 4, true: 5, object: 8, list: 9 }
/** In bytes: the kind, where the value begins and ends, and the number or hash. */
const slot = { bytes: 24, from: 4, to: 8, value: 16 }
/** Mark of the name, where that is, its length, the slot, and the fields of the object there. */
const field = { bytes: 20, name: 4, length: 8, slot: 12, fields: 16 }

/**
 * Room for lines of logs, a search in them, and a reader of single fields of their JSON, all of it in the memory of a
 * WebAssembly program (docs/adr/0010-json-search.md). Addresses are bytes of that memory; 0 is nowhere.
 */
export function createJsonSearch() {
  let { memory, find, startOfLine, endOfLine, nextObject, endOfFound } = start()
  let bytes = Buffer.from(memory.buffer)
  let words = new Uint32Array(memory.buffer)
  let doubles = new Float64Array(memory.buffer)
  let free = tablesAt
  const tables = new Map<Fields, Table<Fields>>()
  const markers = new Map<string, Marker>()
  /** By slot, the hash of the text that was there last, and that text. */
  const names = new Map<number, { hash: number; text: string }>()

  function lookAnew(): void {
    bytes = Buffer.from(memory.buffer)
    words = new Uint32Array(memory.buffer)
    doubles = new Float64Array(memory.buffer)
  }

  function reserve(size: number): number {
    const at = free
    free = Math.ceil((free + size) / 8) * 8
    if (free > linesAt) throw new RangeError('no room for more fields')
    return at
  }

  function write(text: string): number {
    const at = reserve(text.length)
    bytes.write(text, at, 'latin1')
    return at
  }

  const lines = () => bytes.subarray(linesAt, bytes.length - marginBytes)

  const kindOf = (at: number) => words[at >>> 2]
  const rawText = (at: number, encoding: 'latin1' | 'utf8' = 'latin1') =>
    bytes.toString(encoding, words[(at + slot.from) >>> 2], words[(at + slot.to) >>> 2])
  const valueOf = (at: number) => doubles[(at + slot.value) >>> 3] ?? 0

  /** Empty where there is none. */
  function text(at: number): string {
    const kind = kindOf(at)
    if (kind === kinds.text) return rawText(at)
    return kind === kinds.oddText ? (JSON.parse(`"${rawText(at, 'utf8')}"`) as string) : ''
  }

  function numberAt(at: number): number | null {
    const kind = kindOf(at)
    return kind === kinds.number ? valueOf(at) : kind === kinds.oddNumber ? Number(rawText(at)) : null
  }

  const valueAt = (at: number) => numberAt(at) ?? text(at)

  /** The slots of a table stand together, in the order of the fields. */
  function slotsOf(fields: Fields): Slots<Fields> {
    const slots: Record<string, unknown> = { self: reserve(slot.bytes) }
    for (const [name, below] of Object.entries(fields))
      slots[name] = below === 'value' ? reserve(slot.bytes) : slotsOf(below)
    return slots as unknown as Slots<Fields>
  }

  function tableOf(fields: Fields, slots: Slots<Fields>): number {
    const entries = Object.entries(fields).map(([name, below]) => {
      const own = slots[name] as unknown as number | Slots<Fields>
      const quoted = write(`"${name}"`)
      const mark = bytes.readUInt32LE(quoted + name.length - 2) ^ name.length
      return typeof own === 'number' || below === 'value'
        ? { mark, name: quoted + 1, length: name.length, slot: own as number, fields: 0 }
        : { mark, name: quoted + 1, length: name.length, slot: own.self, fields: tableOf(below, own) }
    })
    const at = reserve(4 + entries.length * field.bytes)
    bytes.writeUInt32LE(entries.length, at)
    for (const [index, entry] of entries.entries()) {
      const to = at + 4 + index * field.bytes
      bytes.writeUInt32LE(entry.mark >>> 0, to)
      for (const part of ['name', 'length', 'slot', 'fields'] as const)
        bytes.writeUInt32LE(entry[part], to + field[part])
    }
    return at
  }

  return {
    /** The room for lines. */
    bytes: lines,
    /** About twice as large, with what is in it. The room before is of no more use. */
    enlarge(): Buffer {
      memory.grow(memory.buffer.byteLength / pageBytes)
      lookAnew()
      return lines()
    },
    /** As small as in the beginning, and empty. */
    renew(): Buffer {
      const tables = bytes.subarray(0, linesAt)
      ;({ memory, find, startOfLine, endOfLine, nextObject, endOfFound } = start())
      lookAnew()
      tables.copy(bytes)
      return lines()
    },
    /** `rare` are the places of two bytes in it that seldom come together elsewhere. */
    marker(text: string, rare: readonly [number, number]): Marker {
      const marker = markers.get(text) ?? { at: write(text), length: text.length, rare }
      markers.set(text, marker)
      return marker
    },
    table<F extends Fields>(fields: F): Table<F> {
      const known = tables.get(fields)
      if (known) return known as unknown as Table<F>
      const firstSlot = free
      const slots = slotsOf(fields)
      const table = { slots, firstSlot, slotBytes: free - firstSlot, at: tableOf(fields, slots) }
      tables.set(fields, table)
      return table as unknown as Table<F>
    },
    find: (from: number, to: number, { at, length, rare }: Marker) => find(from, to, at, length, rare[0], rare[1]),
    startOfLine: (at: number, from: number) => startOfLine(at, from),
    /** The newline, which there must be. */
    endOfLine: (at: number) => endOfLine(at),
    /**
     * Takes each whole object between `from` and `to`, with its slots filled; `at` is where it begins. A line that is not
     * one object may hold some behind a torn write, NUL bytes or a byte order mark, or two.
     */
    eachObject(from: number, to: number, table: Table<Fields>, take: (at: number) => void): void {
      const next = (from: number) => nextObject(from, to, table.at, table.firstSlot, table.slotBytes)
      for (let at = next(from), end = endOfFound(); at > 0; at = next(end), end = endOfFound()) take(at)
    },
    isObject: (at: number) => kindOf(at) === kinds.object,
    isText: (at: number) => kindOf(at) === kinds.text || kindOf(at) === kinds.oddText,
    isTrue: (at: number) => kindOf(at) === kinds.true,
    /** Where the list begins and ends that the slot holds; the same where there is none. */
    list: (at: number) =>
      kindOf(at) === kinds.list
        ? { from: words[(at + slot.from) >>> 2] ?? 0, to: words[(at + slot.to) >>> 2] ?? 0 }
        : { from: 0, to: 0 },
    text,
    /** Of the text, by hashOf. */
    hash: (at: number) => (kindOf(at) === kinds.text ? valueOf(at) : hashOf(text(at))),
    /** A text that comes in line after line, as one string. */
    name(at: number): string {
      if (kindOf(at) !== kinds.text) return text(at)
      const hash = valueOf(at)
      const known = names.get(at)
      if (known?.hash === hash) return known.text
      const name = rawText(at)
      names.set(at, { hash, text: name })
      return name
    },
    count: (at: number) => countOf(valueAt(at)),
    /** Null where there is none, or one that cannot be read. */
    time: (at: number) => timeOf(valueAt(at)),
  }
}

function start(): Program {
  return new WebAssembly.Instance(program).exports as unknown as Program
}
