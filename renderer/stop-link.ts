import type { Alert } from '../shared/alerts.ts'
import { pageUrl, providerIds, providers, type ProviderId, type ProviderPage } from '../shared/providers.ts'
import { parseScope } from '../shared/scope.ts'

/** The page that stops the bleeding, from our own list; null when the alert is about no single provider. */
export function stopLinkOf(
  alert: Alert,
  accounts: readonly { id: string; provider: string }[],
): { provider: ProviderId; page: ProviderPage } | null {
  const listed = providerIds.flatMap((provider) =>
    (['stop', 'key', 'billing', 'limit'] as const).map((page) => ({ provider, page, url: pageUrl(provider, page) })),
  )
  const linked = listed.find(({ url }) => url === alert.link)
  if (linked) return { provider: linked.provider, page: linked.page }
  const scope = parseScope(alert.scope)
  const named =
    scope?.kind === 'provider'
      ? scope.name
      : scope?.kind === 'account'
        ? accounts.find(({ id }) => id === scope.name)?.provider
        : alert.contributors.find(({ dimension }) => dimension === 'provider')?.name
  const provider = providerIds.find((id) => id === named || providers[id].label === named)
  return provider ? { provider, page: alert.rule === 'credential' ? 'key' : 'stop' } : null
}
