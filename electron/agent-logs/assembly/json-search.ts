/**
 * Finds lines in logs, and reads a few fields of the JSON in them: sixteen bytes at a time, with nothing made that is not
 * asked for. This is AssemblyScript, of which `npm run wasm` makes ../json-search-wasm.ts; ../json-search.ts is how to use
 * it, and knows what lies where in memory. An address of 0 stands for none.
 */

/** What a slot holds. */
const TEXT = 1
/** A text with escapes, or bytes over 0x7f. */
const ODD_TEXT = 2
const NUMBER = 3
/** A number that is no whole one, or has more than fifteen digits. */
const ODD_NUMBER = 4
const TRUE = 5
const FALSE = 6
const NULL = 7
const OBJECT = 8
const ARRAY = 9

const NEWLINE: u32 = 10
const SPACE: u32 = 32
const QUOTE: u32 = 34
const COMMA: u32 = 44
const MINUS: u32 = 45
const ZERO: u32 = 48
const COLON: u32 = 58
const BRACKET: u32 = 91
const BACKSLASH: u32 = 92
const BRACKET_END: u32 = 93
const BRACE: u32 = 123
const BRACE_END: u32 = 125

/** Objects and lists within each other. A stack holds some thousands. */
const DEEPEST = 1000

/** Where `length` bytes at `needle` stand between `from` and `to`. `a` and `b` are where the rarest of them are. */
export function find(from: usize, to: usize, needle: usize, length: i32, a: i32, b: i32): usize {
  const byteA = i8x16.splat(load<i8>(needle + a))
  const byteB = i8x16.splat(load<i8>(needle + b))
  for (let at = from; at < to; at += 16) {
    let hits = i8x16.bitmask(v128.and(i8x16.eq(v128.load(at + a), byteA), i8x16.eq(v128.load(at + b), byteB)))
    for (; hits != 0; hits &= hits - 1) {
      const hit = at + ctz(hits)
      if (hit + length > to) return 0
      if (memory.compare(hit, needle, length) == 0) return hit
    }
  }
  return 0
}

/** The newline behind `at`, which there must be. */
export function endOfLine(at: usize): usize {
  const newline = i8x16.splat(<i8>NEWLINE)
  let hits = 0
  while ((hits = i8x16.bitmask(i8x16.eq(v128.load(at), newline))) == 0) at += 16
  return at + ctz(hits)
}

/** Where the line begins that `at` is in; no earlier than `from`. */
export function startOfLine(at: usize, from: usize): usize {
  const newline = i8x16.splat(<i8>NEWLINE)
  for (; at > from; at -= 16) {
    const hits = i8x16.bitmask(i8x16.eq(v128.load(at - 16), newline))
    if (hits != 0) return max(from, at - clz(hits << 16))
  }
  return from
}

/** Where the object ends that was found last. */
export function endOfFound(): usize {
  return found
}

let found: usize = 0
/** How far was read in vain. */
let reached: usize = 0
/** How much of a line may be read in vain: it is megabytes of something else. */
const PATIENCE: usize = 200_000_000

/**
 * The first whole object in a line, between `from` and the newline at `to`, with `fields` of it read into the slots that
 * begin at `slots`. Behind a torn write, NUL bytes or a byte order mark it stands where a brace and a quote do: inside a
 * text a quote has a backslash before it.
 */
export function nextObject(from: usize, to: usize, fields: usize, slots: usize, slotBytes: usize): usize {
  let patience = PATIENCE
  for (let at = from; at < to; at++) {
    if (load<u8>(at) != BRACE || load<u8>(behindSpace(at + 1)) != QUOTE) continue
    memory.fill(slots, 0, slotBytes)
    found = endOfObject(at, fields, 0, 0)
    if (found != 0) return at
    if (patience < reached - at) return 0
    patience -= reached - at
  }
  return 0
}

function endOfObject(from: usize, fields: usize, slot: usize, depth: i32): usize {
  if (depth > DEEPEST) return 0
  let at = behindSpace(from + 1)
  let next: u32 = load<u8>(at)
  while (next != BRACE_END) {
    reached = at
    if (next != QUOTE) return 0
    const end = endOfText(at + 1)
    if (end == 0) return 0
    const field = fieldOf(fields, at + 1, end)
    at = behindSpace(end + 1)
    if (load<u8>(at) != COLON) return 0
    at = endOfValue(behindSpace(at + 1), load<u32>(field + FIELDS_OF), load<u32>(field + SLOT_OF), depth)
    if (at == 0) return 0
    at = behindSpace(at)
    next = load<u8>(at)
    if (next != COMMA) break
    at = behindSpace(at + 1)
    next = load<u8>(at)
    if (next == BRACE_END) return 0
  }
  return next == BRACE_END ? kept(slot, OBJECT, from, at + 1) : 0
}

function endOfList(from: usize, slot: usize, depth: i32): usize {
  if (depth > DEEPEST) return 0
  let at = behindSpace(from + 1)
  let next: u32 = load<u8>(at)
  while (next != BRACKET_END) {
    at = endOfValue(at, 0, 0, depth)
    if (at == 0) return 0
    at = behindSpace(at)
    next = load<u8>(at)
    if (next != COMMA) break
    at = behindSpace(at + 1)
  }
  return next == BRACKET_END ? kept(slot, ARRAY, from, at + 1) : 0
}

function endOfValue(at: usize, fields: usize, slot: usize, depth: i32): usize {
  const first: u32 = load<u8>(at)
  if (first == QUOTE) {
    const end = endOfText(at + 1)
    if (end == 0) return 0
    if (slot != 0) keepText(slot, at + 1, end)
    return end + 1
  }
  if (first == BRACE) return endOfObject(at, fields, slot, depth + 1)
  if (first == BRACKET) return endOfList(at, slot, depth + 1)
  return first == MINUS || first - ZERO < 10 ? endOfNumber(at, slot) : endOfWord(at, slot)
}

/** The closing quote of a text whose first byte is at `at`. */
function endOfText(at: usize): usize {
  const quote = i8x16.splat(<i8>QUOTE)
  const backslash = i8x16.splat(<i8>BACKSLASH)
  const space = i8x16.splat(<i8>SPACE)
  while (true) {
    const bytes = v128.load(at)
    const ends = v128.or(i8x16.eq(bytes, quote), i8x16.lt_u(bytes, space))
    const hits = i8x16.bitmask(v128.or(ends, i8x16.eq(bytes, backslash)))
    if (hits == 0) {
      at += 16
      continue
    }
    at += ctz(hits)
    const byte: u32 = load<u8>(at)
    if (byte == QUOTE) return at
    if (byte != BACKSLASH || !isEscape(at + 1)) return 0
    at += 2
  }
  return 0
}

/** What may stand behind a backslash. */
function isEscape(at: usize): bool {
  const byte: u32 = load<u8>(at)
  // n, t, r, /, b, f
  if (byte == 110 || byte == QUOTE || byte == BACKSLASH || byte == 116) return true
  if (byte == 114 || byte == 47 || byte == 98 || byte == 102) return true
  return byte == 117 && isHex(at + 1) && isHex(at + 2) && isHex(at + 3) && isHex(at + 4)
}

function isHex(at: usize): bool {
  const byte: u32 = load<u8>(at)
  return byte - ZERO < 10 || (byte | 32) - 97 < 6
}

function endOfNumber(from: usize, slot: usize): usize {
  const digits = load<u8>(from) == MINUS ? from + 1 : from
  let at = digits
  let value: u64 = 0
  for (let digit: u32 = 0; (digit = load<u8>(at) - ZERO) < 10; at++) value = value * 10 + digit
  if (at == digits) return 0
  const whole = at
  while (isOfNumber(load<u8>(at))) at++
  const isOdd = at > whole || whole - digits > 15
  if (slot != 0) store<f64>(slot + VALUE_OF, digits == from ? <f64>value : -(<f64>value))
  return kept(slot, isOdd ? ODD_NUMBER : NUMBER, from, at)
}

/** Behind whole digits: a point, an exponent, its sign, and digits. */
function isOfNumber(byte: u32): bool {
  return byte == 46 || (byte | 32) == 101 || byte == 43 || byte == MINUS || byte - ZERO < 10
}

function endOfWord(at: usize, slot: usize): usize {
  const word = load<u32>(at)
  if (word == 0x65757274) return kept(slot, TRUE, at, at + 4)
  if (word == 0x6c6c756e) return kept(slot, NULL, at, at + 4)
  return word == 0x736c6166 && load<u8>(at + 4) == 101 ? kept(slot, FALSE, at, at + 5) : 0
}

function behindSpace(at: usize): usize {
  let byte: u32 = load<u8>(at)
  while (byte == SPACE || byte == 9 || byte == 13) byte = load<u8>(++at)
  return at
}

/**
 * A table of fields is their number, and for each of them a mark of its name, where that is and how long, its slot, and
 * the table of what is in it. Nothing is ever written at 0, so that what stands there is a table of no fields, and the
 * field of what is in no table: of no slot, and with no fields of its own.
 */
const FIELD_BYTES: usize = 20
const SLOT_OF: usize = 12
const FIELDS_OF: usize = 16

function fieldOf(fields: usize, from: usize, to: usize): usize {
  const length = <u32>(to - from)
  // The last bytes with the quote behind them, and the one before where there are two: four, since none in a table has one.
  const mark = load<u32>(to - 3) ^ length
  const end = fields + 4 + <usize>load<u32>(fields) * FIELD_BYTES
  for (let field = fields + 4; field < end; field += FIELD_BYTES) {
    if (load<u32>(field) != mark || load<u32>(field + 8) != length) continue
    if (memory.compare(load<u32>(field + 4), from, length) == 0) return field
  }
  return 0
}

/** A slot is what kind of value it holds, where that is, and what it is worth: the number, or the hash of the text. */
const VALUE_OF: usize = 16

function kept(slot: usize, kind: i32, from: usize, to: usize): usize {
  if (slot == 0) return to
  store<i32>(slot, kind)
  store<u32>(slot + 4, <u32>from)
  store<u32>(slot + 8, <u32>to)
  return to
}

/** The hash is hashOf of ../values.ts. */
function keepText(slot: usize, from: usize, to: usize): void {
  let a: u32 = 0xdeadbeef
  let b: u32 = 0x41c6ce57
  let isOdd = false
  for (let at = from; at < to; at++) {
    const code: u32 = load<u8>(at)
    isOdd = isOdd || code == BACKSLASH || code > 127
    a = (a ^ code) * 2654435761
    b = (b ^ code) * 1597334677
  }
  const first = ((a ^ (a >>> 16)) * 2246822507) ^ ((b ^ (b >>> 13)) * 3266489909)
  const second = ((b ^ (b >>> 16)) * 2246822507) ^ ((first ^ (first >>> 13)) * 3266489909)
  store<f64>(slot + VALUE_OF, from == to ? 0 : 4294967296.0 * <f64>(2097151 & second) + <f64>first)
  kept(slot, isOdd ? ODD_TEXT : TEXT, from, to)
}
