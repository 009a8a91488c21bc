/** Services whose lines are the use of a model. Other services sell other things under the same names. */
const modelServices = /vertex ai|gemini api|generative language/i

const gemini = /\bgemini (\d+(?:\.\d+)?) (pro|flash(?: |-)?lite|flash|nano|ultra)\b/i
const claude = /\bclaude (opus|sonnet|haiku|fable|mythos) (\d+(?:\.\d+)?)/i

/** The model that a line of the bill is about, as the counts of tokens call it; null where it names none. */
export function modelOf(service: string | null, sku: string | null): string | null {
  if (!modelServices.test(service ?? '') || sku === null) return null
  const [, version, kind] = gemini.exec(sku) ?? []
  if (version && kind) return `gemini-${version}-${kind.toLowerCase().replace(/flash[ -]?lite/, 'flash-lite')}`
  const [, family, release] = claude.exec(sku) ?? []
  return family && release ? `claude-${family.toLowerCase()}-${release.replace('.', '-')}` : null
}

/** What the counts call a model, as price lists do: `publishers/x/models/claude-opus-5@default` is `claude-opus-5`. */
export function plainModel(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1).replace(/@.*$/, '')
}
