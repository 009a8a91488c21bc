import { plural, t } from '@lingui/core/macro'
import { useEffect, useRef, type ReactNode } from 'react'
import { Icon, type IconName } from './Icon.tsx'
import { PausedBar } from './PausedBar.tsx'
import { hrefOf, type Route } from '../address.ts'
import { useCall } from '../hooks/use-call.ts'
import { failureTitles } from '../facts.ts'

const places: { view: Route['view']; label: string; icon: IconName; href: string }[] = [
  { view: 'dashboard', label: t`Dashboard`, icon: 'dashboard', href: '#/' },
  { view: 'alerts', label: t`Alerts`, icon: 'bell', href: hrefOf({ view: 'alerts', list: 'open' }) },
  { view: 'settings', label: t`Settings`, icon: 'settings', href: hrefOf({ view: 'settings', section: 'accounts' }) },
]

/** Navigation around every page but the popover. */
export function Shell({ route, children }: { route: Route; children: ReactNode }) {
  const status = useCall('status:get', {})
  const main = useRef<HTMLElement>(null)
  const seen = useRef<string | null>(null)
  const firing = status.value?.alerts.filter(({ state }) => state === 'firing').length ?? 0
  const place =
    route.view === 'alert' ? `alert ${route.id}` : route.view === 'settings' ? `settings ${route.section}` : route.view

  useEffect(() => {
    // The keyboard follows to the new page; not on the first one, where the browser's own start is right.
    if (seen.current !== null && seen.current !== place) main.current?.focus()
    seen.current = place
  }, [place])

  useEffect(() => {
    document.title = firing > 0 ? t`(${firing}) API Spend Guard` : 'API Spend Guard'
  }, [firing])

  const current = route.view === 'alert' || route.view === 'metrics' ? 'alerts' : route.view
  return (
    <div className="shell">
      <nav className="side" aria-label={t`Main`}>
        <a className="brand" href="#/">
          <Icon name="shield" />
          <span>{t`API Spend Guard`}</span>
        </a>
        <ul>
          {places.map(({ view, label, icon, href }) => (
            <li key={view}>
              <a className="place" href={href} aria-current={current === view ? 'page' : undefined}>
                <Icon name={icon} />
                {label}
                {view === 'alerts' && firing > 0 && (
                  <span className="count">
                    {firing}
                    <span className="unseen">{t`firing`}</span>
                  </span>
                )}
              </a>
            </li>
          ))}
        </ul>
        <GuardState firing={firing} answer={status} />
      </nav>
      <main ref={main} className="page" tabIndex={-1}>
        {status.value?.pause && <PausedBar pause={status.value.pause} zone={status.value.zone} />}
        {children}
      </main>
    </div>
  )
}

function GuardState({ firing, answer }: { firing: number; answer: ReturnType<typeof useCall<'status:get'>> }) {
  const blind =
    answer.value?.accounts.filter(({ state }) => state === 'failed' || state === 'paused' || state === 'stale')
      .length ?? 0
  const [tone, text] = answer.failure
    ? ['critical', failureTitles[answer.failure.kind]]
    : firing > 0
      ? ['critical', plural(firing, { one: '# alert firing', other: '# alerts firing' })]
      : answer.value?.pause
        ? ['warning', t`Paused`]
        : blind > 0
          ? ['warning', plural(blind, { one: '# account needs a look', other: '# accounts need a look' })]
          : answer.value
            ? answer.value.accounts.length === 0
              ? ['neutral', t`Nothing to guard yet`]
              : ['good', t`All quiet`]
            : ['neutral', t`Connecting…`]
  return (
    <p className={`guard-state guard-${tone} small`}>
      <span className="dot" aria-hidden="true" />
      {text}
    </p>
  )
}
