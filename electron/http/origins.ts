import { i18n } from '../../shared/words.ts'
/** Rules for addresses a person types, and for where a secret may go. */

export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(hostname)
}

/** What is wrong with a base URL, in one sentence; null when nothing is. Plain `http:` goes to this machine only. */
export function refuseBaseUrl(text: string): string | null {
  if (!URL.canParse(text)) return i18n.t('The base URL is not a URL. It looks like https://proxy.example.com.')
  const url = new URL(text)
  if (url.username || url.password) return i18n.t('The base URL must not hold a user name or password.')
  if (url.search || url.hash) return i18n.t('The base URL must not have a query or a fragment.')
  if (url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname))) return null
  return i18n.t('The base URL must be https; plain http is only for this machine (127.0.0.1).')
}

/**
 * Replaces scheme and host; a path of the base comes in front. Many base URLs end in the API version (`…/v1`) that our
 * own paths begin with: it is kept once.
 */
export function rebase(url: URL, baseUrl: string | null): URL {
  if (baseUrl === null) return new URL(url)
  const rebased = new URL(baseUrl)
  const front = rebased.pathname.replace(/\/+$/, '')
  const version = front.slice(front.lastIndexOf('/') + 1)
  const own = version !== '' && url.pathname.startsWith(`/${version}/`)
  rebased.pathname = front + (own ? url.pathname.slice(version.length + 1) : url.pathname)
  rebased.search = url.search
  return rebased
}
