import { describe, expect, it } from 'vitest'
import { hrefOf, parseRoute } from '../../../renderer/address.ts'
import { plainQuery } from '../../../renderer/dashboard-query.ts'

const at = (hash: string, search = '') => parseRoute({ hash, search })

describe('the address of the page', () => {
  it('opens the dashboard of the last 30 days by provider when it says nothing', () => {
    expect(at('')).toEqual({ view: 'dashboard', query: plainQuery })
  })

  it('names one alert, whatever characters its id has', () => {
    const route = { view: 'alert', id: 'a/b c' } as const
    expect(at(hrefOf(route))).toEqual(route)
  })

  it('names an alert that cannot be, where a link was cut or mistyped', () => {
    expect(at('#/alerts/100%')).toEqual({ view: 'alert', id: '100%' })
  })

  it.each([
    [{ view: 'alerts', list: 'all' }],
    [{ view: 'alerts', list: 'open' }],
    [{ view: 'metrics', days: 90 }],
    [{ view: 'metrics', days: null }],
    [
      {
        view: 'alerts',
        list: 'all',
        filter: { search: 'gpt-5 & co', state: 'resolved', rule: 'velocity', severity: null, days: 90 },
      },
    ],
    [{ view: 'settings', section: 'budgets' }],
    [{ view: 'onboarding' }],
    [{ view: 'dashboard', query: { ...plainQuery, range: '7d', by: 'key' } }],
  ] as const)('reads back its own link to %j', (route) => {
    expect(at(hrefOf(route))).toEqual(route)
  })

  it('is the popover by its search, whatever the fragment says', () => {
    expect(at('#/alerts', '?view=popover')).toEqual({ view: 'popover' })
  })

  it('opens the accounts for a section of the settings that does not exist', () => {
    expect(at('#/settings/nothing')).toEqual({ view: 'settings', section: 'accounts' })
  })
})
