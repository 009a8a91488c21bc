const tokenKey = 'spend-guard-token'

/**
 * The token comes once in the fragment, which is never sent to a server, and leaves the address (and history) at once:
 * before anything else is loaded, because the address may move on meanwhile.
 */
export function takeToken(): void {
  const found = /^#(?:token=)([^&]+)&?(.*)$/.exec(window.location.hash)
  if (!found?.[1]) return
  window.sessionStorage.setItem(tokenKey, decodeURIComponent(found[1]))
  const rest = found[2] ? `#${found[2]}` : ''
  window.history.replaceState(null, '', `${window.location.pathname}${window.location.search}${rest}`)
}

export function keptToken(): string | null {
  return window.sessionStorage.getItem(tokenKey)
}
