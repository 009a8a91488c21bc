import { z } from 'zod'
import { i18n } from './words.ts'

const form = /^(https?):\/\/([\w.-]+|\[::1\])(?::\d+)?\/?$/i
/** This computer, or a network without a way in from outside: for trying things out. */
const nearby = /^(?:localhost|\[::1\]|127\.[\d.]+|10\.[\d.]+|192\.168\.[\d.]+|172\.(?:1[6-9]|2\d|3[01])\.[\d.]+)$/i

/** What is wrong with the address that phones are to reach the guard at, in one sentence; null when nothing is. */
export function refusePublicUrl(text: string): string | null {
  const [, scheme, host] = form.exec(text) ?? []
  // The form says what we want, zod whether it is an address at all: no 999.0.0.1, no port 70000.
  if (!scheme || !host || !z.url().safeParse(text).success)
    return i18n.t(
      'The public address is https and a host, without a user name or path, such as https://guard.example.com.',
    )
  if (scheme.toLowerCase() === 'https' || nearby.test(host)) return null
  return i18n.t('The public address must be https; plain http is only for this computer or a private network.')
}
