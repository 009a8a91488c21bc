/**
 * Names come from providers, and telephones make links of whatever looks like an address, without any markup. It is
 * spaced out, so that nothing but our own links can be tapped.
 */
export function untappable(text: string): string {
  return text.replaceAll('://', ': // ').replace(/\.(?=\p{L}{2})/gu, '. ')
}
