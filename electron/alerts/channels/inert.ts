/** Line breaks stay; other control characters and those that turn the direction of writing do not. */
// oxlint-disable-next-line no-control-regex
const unprintable = /(?!\n)[\p{Cc}\u200E\u200F\u061C\u202A-\u202E\u2066-\u2069]+/gu

/**
 * Names come from providers, and telephones and mail programs make links of whatever looks like an address, without any
 * markup. It is spaced out, so that nothing but our own links can be tapped.
 */
export function untappable(text: string): string {
  return text.replaceAll('://', ': // ').replace(/\.(?=\p{L}{2})/gu, '. ')
}

/** Text that holds names from providers, for places without markup: nothing in it is a link, or hides what follows. */
export function inert(text: string): string {
  return untappable(text.toWellFormed().replaceAll('\r\n', '\n').replace(unprintable, ' '))
}

/** The same for one line, such as a title or a header. */
export function inertLine(text: string): string {
  return inert(text)
    .replace(/[\s\u2028\u2029]+/gu, ' ')
    .trim()
}
