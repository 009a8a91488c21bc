const newline = 10
const closing = 125
const spaces = new Set([9, 13, 32])
/** What there is room for in the beginning, about: few lines lie across two pieces, and it stays in a cache of the processor. */
const usualBytes = 1 << 18
/** After a longer line the room is made small again. */
const mostKept = 16 * usualBytes
/** No line of an agent is as long; what comes before the next end of line is dropped. */
const longestLine = 1 << 28

export type Pieces = ReturnType<typeof createPieces>

/** Where pieces lie. */
export interface Room {
  bytes(): Buffer
  /** Twice as large, with what is in it. */
  enlarge(): Buffer
  /** As large as in the beginning. */
  renew(): Buffer
}

/**
 * Cuts files into pieces of whole lines, in one buffer that is used over and over: `start`, then `room` and `filled` for
 * each read, then `end`. `take` must not keep the bytes.
 */
export function createPieces(room: Room, take: (bytes: Buffer, at: number) => void) {
  let buffer = room.bytes()
  let used = 0
  let offset = 0
  let isDropping = false

  function shift(bytes: number): void {
    buffer.copyWithin(0, bytes, used)
    offset += bytes
    used -= bytes
  }

  return {
    start(at: number): void {
      offset = at
      used = 0
      isDropping = false
      if (buffer.length > mostKept) buffer = room.renew()
    },
    /** Where to read into. */
    room(): Buffer {
      // One byte stays free for the end of a last line.
      if (used + 1 >= buffer.length) {
        if (buffer.length >= longestLine) {
          isDropping = true
          shift(used)
        } else {
          buffer = room.enlarge()
        }
      }
      return buffer.subarray(used, buffer.length - 1)
    },
    filled(bytes: number): void {
      // What was there before has no end of line, or would be gone.
      const last = used + buffer.subarray(used, used + bytes).lastIndexOf(newline)
      const isOpen = last < used
      used += bytes
      if (isOpen) return
      const from = isDropping ? buffer.indexOf(newline) + 1 : 0
      isDropping = false
      if (last + 1 > from) take(buffer.subarray(from, last + 1), offset + from)
      shift(last + 1)
    },
    /**
     * The offset to read on from. A last line without an end is left for later unless it is a whole object: agents
     * write an object first and the end of the line with the next.
     */
    end(isObject: (text: string) => boolean): number {
      let last = used
      while (last > 0 && spaces.has(buffer[last - 1] ?? 0)) last--
      if (isDropping || last === 0 || buffer[last - 1] !== closing) return offset
      if (!isObject(buffer.toString('latin1', 0, last))) return offset
      buffer[last] = newline
      take(buffer.subarray(0, last + 1), offset)
      return offset + last
    },
  }
}
