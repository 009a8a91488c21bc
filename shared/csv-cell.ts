/**
 * One cell of CSV (RFC 4180). A name that a spreadsheet would take for a formula gets an apostrophe; a negative number
 * stays one.
 */
export function csvCell(text: string): string {
  const safe = isFormula(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** The way back, of a cell without its quotes: `'@cf/llama` was `@cf/llama`. */
export function withoutApostrophe(text: string): string {
  return text.startsWith("'") && isFormula(text.slice(1)) ? text.slice(1) : text
}

function isFormula(text: string): boolean {
  return /^[=+@\t\r]/.test(text) || (text.startsWith('-') && !/^-\d*\.?\d+$/.test(text))
}
