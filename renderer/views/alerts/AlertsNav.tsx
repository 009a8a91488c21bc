import { t } from '@lingui/core/macro'
import { hrefOf } from '../../address.ts'
import { SubNav } from '../../components/SubNav.tsx'

const places = [
  { key: 'open', label: t`Open`, href: hrefOf({ view: 'alerts', list: 'open' }) },
  { key: 'all', label: t`All`, href: hrefOf({ view: 'alerts', list: 'all' }) },
  { key: 'metrics', label: t`How the guard does`, href: hrefOf({ view: 'metrics', days: 30 }) },
]

export function AlertsNav({ current }: { current: 'open' | 'all' | 'metrics' }) {
  return <SubNav label={t`Which alerts`} places={places} current={current} />
}
