/** Line breaks stay; other control characters and those that turn the direction of writing do not. */
// oxlint-disable-next-line no-control-regex
const unprintable = /(?!\n)[\p{Cc}\u200E\u200F\u061C\u202A-\u202E\u2066-\u2069]+/gu
/** What mail programs and telephones turn into a link by themselves. */
const address = /\b(?:[a-z][a-z\d+.-]*:\/\/|www\.)\S+/giu

/** Text that holds names from providers, for places without markup: nothing in it is a link, or hides what follows. */
export function inert(text: string): string {
  return text
    .toWellFormed()
    .replaceAll('\r\n', '\n')
    .replace(unprintable, ' ')
    .replace(address, (one) => one.replace(/[:.]/g, '$&\u200B'))
}

/** The same for one line, such as a title or a header. */
export function inertLine(text: string): string {
  return inert(text)
    .replace(/[\s\u2028\u2029]+/gu, ' ')
    .trim()
}
