import { isJson, type Json } from './values.ts'

/** A line is given up on after so many characters were looked at: it is megabytes of something else. */
const patience = 200_000_000

export interface FoundObject {
  value: Json
  at: number
}

/**
 * The objects in a line that is not one: behind a torn write, NUL bytes or a byte order mark, or two on a line. Inside a
 * JSON string a quote is escaped, so that `{"` stands in the text of no conversation.
 */
export function wholeObjects(line: string): FoundObject[] {
  const found: FoundObject[] = []
  let looked = 0
  let at = line.indexOf('{"')
  while (at >= 0 && looked < patience) {
    const end = endOfObject(line, at)
    looked += (end < 0 ? line.length : end) - at
    const value = end < 0 ? null : parsed(line.slice(at, end))
    if (value) found.push({ value, at })
    at = line.indexOf('{"', value ? end : at + 1)
  }
  return found
}

/** The whole text as one object, or null. */
export function parsed(text: string): Json | null {
  try {
    const value: unknown = JSON.parse(text)
    return isJson(value) ? value : null
  } catch {
    return null // a torn line, which wholeObjects looks into
  }
}

/** Where the braces that open at `from` are closed again; -1 if they are not. */
function endOfObject(line: string, from: number): number {
  let depth = 0
  let quoted = false
  for (let at = from; at < line.length; at++) {
    const code = line.charCodeAt(at)
    if (quoted) {
      if (code === 92) at++
      else if (code === 34) quoted = false
    } else if (code === 34) quoted = true
    else if (code === 123) depth++
    else if (code === 125 && --depth === 0) return at + 1
  }
  return -1
}
