import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { lazy, Suspense, useEffect, useLayoutEffect, useState } from 'react'
import { anyAlert, parseRoute, type Address } from './address.ts'
import { keepLook, onSystemLook } from './bridge.ts'
import { ErrorBoundary } from './components/ErrorBoundary.tsx'
import { Shell } from './components/Shell.tsx'
import { Skeleton } from './components/Skeleton.tsx'
import { useCall } from './hooks/use-call.ts'
import { GuardContext } from './hooks/use-guard.ts'
import { KeptContext } from './hooks/use-kept.ts'
import { LookContext } from './hooks/use-look.ts'
import { usePushes } from './hooks/use-pushes.ts'
import { AddressContext, useNavigate, useRoute } from './hooks/use-route.ts'
import { rememberLanguage } from './language.ts'
import { Dashboard } from './views/dashboard/Dashboard.tsx'
import { Popover } from './views/Popover.tsx'
import type { GuardClient } from '../shared/guard-client.ts'

// What the dashboard does without comes when somebody goes there.
const AlertPage = lazy(async () => ({ default: (await import('./views/alerts/AlertPage.tsx')).AlertPage }))
const AlertsPage = lazy(async () => ({ default: (await import('./views/alerts/AlertsPage.tsx')).AlertsPage }))
const MetricsPage = lazy(async () => ({ default: (await import('./views/alerts/MetricsPage.tsx')).MetricsPage }))
const Onboarding = lazy(async () => ({ default: (await import('./views/onboarding/Onboarding.tsx')).Onboarding }))
const SettingsPage = lazy(async () => ({ default: (await import('./views/settings/SettingsPage.tsx')).SettingsPage }))

/** The whole interface over any guard and any address. */
export function App({ guard, address }: { guard: GuardClient; address: Address }) {
  const [queries] = useState(createQueries)
  const [kept] = useState(() => new Map<string, unknown>())
  return (
    <GuardContext value={guard}>
      <AddressContext value={address}>
        <QueryClientProvider client={queries}>
          <KeptContext value={kept}>
            <ErrorBoundary>
              <Screen address={address} />
            </ErrorBoundary>
          </KeptContext>
        </QueryClientProvider>
      </AddressContext>
    </GuardContext>
  )
}

/** The guard is on this machine, so that a machine without network has no reason to hold calls back. */
function createQueries(): QueryClient {
  return new QueryClient({
    defaultOptions: { queries: { networkMode: 'always' }, mutations: { networkMode: 'always' } },
  })
}

function Screen({ address }: { address: Address }) {
  usePushes()
  useLanguage()
  const look = useAppearance()
  const route = useRoute()
  useOnboardingFirst(address)
  return (
    <LookContext value={look}>
      {route.view === 'popover' ? (
        <Popover />
      ) : (
        <Shell route={route}>
          <Suspense fallback={<Skeleton size="card" count={2} />}>
            <Page />
          </Suspense>
        </Shell>
      )}
    </LookContext>
  )
}

function Page() {
  const route = useRoute()
  switch (route.view) {
    case 'dashboard':
      return <Dashboard query={route.query} />
    case 'alerts':
      return <AlertsPage list={route.list} filter={route.filter ?? anyAlert} />
    case 'metrics':
      return <MetricsPage days={route.days} />
    case 'alert':
      return <AlertPage key={route.id} id={route.id} />
    case 'settings':
      return <SettingsPage section={route.section} />
    case 'onboarding':
      return <Onboarding />
    case 'popover':
      return null
    default:
      return route satisfies never
  }
}

/** Applies the chosen appearance to the page; answers a name that changes whenever the colours do. */
function useAppearance(): string {
  const known = useCall('settings:get', {}).value?.appearance
  const appearance = known ?? 'system'
  const [systemTurns, setSystemTurns] = useState(0)
  useEffect(() => onSystemLook(() => setSystemTurns((turns) => turns + 1)), [])
  // Before the effects of the charts below, which read the resolved colours.
  useLayoutEffect(() => {
    // Until the guard has answered it looks as it did last time (public/look.js).
    if (!known) return
    keepLook(known)
    if (appearance === 'system') delete document.documentElement.dataset['theme']
    else document.documentElement.dataset['theme'] = appearance
  }, [appearance, known])
  return `${appearance} ${systemTurns}`
}

/** Another language was chosen, here or in another window: the page is loaded anew, at the same address. */
function useLanguage(): void {
  const language = useCall('settings:get', {}).value?.language
  useEffect(() => {
    if (language && rememberLanguage(language)) location.reload()
  }, [language])
}

/**
 * A guard without accounts has nothing to show, and setting up may have been left half way: the dashboard opens on the
 * onboarding, once per page load.
 */
function useOnboardingFirst(address: Address): void {
  const { replace } = useNavigate()
  const accounts = useCall('status:get', {}).value?.accounts
  const settings = useCall('settings:get', {}).value
  const [decided, setDecided] = useState(false)
  useEffect(() => {
    if (decided || !accounts || !settings) return
    setDecided(true)
    const isUnfinished = accounts.length === 0 || settings.setUp !== null
    // The address itself, not the rendered route: it may have moved on since.
    if (parseRoute(address.read()).view === 'dashboard' && isUnfinished) replace({ view: 'onboarding' })
  }, [decided, accounts, settings, address, replace])
}
