import type { Failure } from '../../shared/failures.ts'

export const exitCodes = { done: 0, failed: 1, usage: 2, someFailed: 3, breached: 4 } as const

export interface Terminal {
  json: boolean
  print(text: string): void
  note(text: string): void
  /** Says on standard error why the command did not do what it was for. The exit code is the caller's. */
  complain(failure: Failure): void
  exitCode: number
}

/** Everything but text: Cc, without the tab and the line breaks, and what reverses the direction of writing. */
const controls = /[\u202a-\u202e\u2066-\u2069]|(?![\t\n\r])\p{Cc}/gu

/** Models, projects and keys are named by others: a name must not move the cursor or change what was printed before. */
export function withoutControls(text: string): string {
  return text.replace(controls, '')
}

/** Columns of text, as wide as their widest cell; numbers to the right. */
export function table(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  right: readonly number[] = [],
): string {
  const all = [head, ...rows]
  const widths = head.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)))
  const line = (row: readonly string[]) =>
    row
      .map((cell, column) =>
        right.includes(column) ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0),
      )
      .join('  ')
      .trimEnd()
  return all.map(line).join('\n')
}
