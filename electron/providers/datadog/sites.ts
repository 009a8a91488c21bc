import { lookUp } from '../../../shared/look-up.ts'
import { datadog } from '../../../shared/providers/datadog.ts'

const origins = Object.keys(datadog.options.site.choices).map((site) => `https://api.${site}`)

/** Where an account's site answers; the first one unless another was chosen. */
export function originOf(site: string | undefined): string {
  const known = site !== undefined && lookUp<string>(datadog.options.site.choices, site) !== undefined
  return known ? `https://api.${site}` : (origins[0] ?? '')
}

export { origins }
