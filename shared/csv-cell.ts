/**
 * One cell of CSV (RFC 4180). A name that a spreadsheet would take for a formula gets an apostrophe; a negative number
 * stays one.
 */
export function csvCell(text: string): string {
  const formula = /^[=+@\t\r]/.test(text) || (text.startsWith('-') && !/^-\d*\.?\d+$/.test(text))
  const safe = formula ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
