import { hrefOf } from '../../address.ts'
import { SubNav } from '../../components/SubNav.tsx'

const places = [
  { key: 'open', label: 'Open', href: hrefOf({ view: 'alerts', list: 'open' }) },
  { key: 'all', label: 'All', href: hrefOf({ view: 'alerts', list: 'all' }) },
  { key: 'metrics', label: 'How the guard does', href: hrefOf({ view: 'metrics', days: 30 }) },
]

export function AlertsNav({ current }: { current: 'open' | 'all' | 'metrics' }) {
  return <SubNav label="Which alerts" places={places} current={current} />
}
