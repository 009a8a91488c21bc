import type { Page } from '@playwright/test'
import type { Say } from './words.ts'

/** Every screen of the app, and how it is reached. */
export interface Screen {
  name: string
  path: (alertId: string) => string
  /** Something that is there only when the screen is. */
  sign: (page: Page, say: Say) => ReturnType<Page['getByText']>
  act?: (page: Page, say: Say) => Promise<void>
  size?: { width: number; height: number }
  /** Shown in the README. */
  picture?: true
}

export const screens: Screen[] = [
  {
    name: 'dashboard',
    path: () => '#/?by=project',
    sign: (page, say) => page.getByRole('img', { name: say('the last 30 days') }),
    picture: true,
  },
  {
    name: 'dashboard-by-model',
    path: () => '#/?range=90d&by=model',
    sign: (page, say) => page.getByRole('img', { name: say('the last 90 days') }),
  },
  {
    name: 'alerts',
    path: () => '#/alerts',
    sign: (page, say) => page.getByRole('button', { name: say('Acknowledge') }).first(),
  },
  {
    name: 'alert',
    path: (alertId) => `#/alerts/${alertId}`,
    picture: true,
    sign: (page, say) => page.getByRole('heading', { name: say('Where it goes') }),
  },
  {
    name: 'alerts-found',
    path: () => '#/alerts?list=all&q=research&rule=budget&days=30',
    sign: (page, say) => page.getByRole('searchbox', { name: say('Search') }),
  },
  {
    name: 'alert-judged',
    path: (alertId) => `#/alerts/${alertId}`,
    sign: (page, say) => page.getByLabel(say('Prevented, in {0} (optional)', { 0: 'USD' })),
    act: (page, say) => page.getByRole('button', { name: say('Real problem') }).click(),
  },
  {
    name: 'alert-planned',
    path: (alertId) => `#/alerts/${alertId}`,
    sign: (page) => page.getByRole('dialog'),
    act: (page, say) => page.getByRole('button', { name: say('Planned…') }).click(),
  },
  {
    name: 'metrics',
    path: () => '#/alerts/metrics?days=30',
    sign: (page, say) => page.getByRole('heading', { name: say('Messages') }),
  },
  {
    name: 'alert-snooze',
    path: (alertId) => `#/alerts/${alertId}`,
    sign: (page, say) => page.getByRole('menuitem', { name: say('1 hour') }),
    act: (page, say) => page.getByRole('button', { name: say('Snooze') }).click(),
  },
  {
    name: 'accounts',
    path: () => '#/settings/accounts',
    sign: (page) => page.getByText('OpenAI production', { exact: true }),
  },
  {
    name: 'account-details',
    path: () => '#/settings/accounts',
    sign: (page, say) => page.getByRole('button', { name: say('Read limits again') }).first(),
    act: (page, say) => page.getByText(say('What is read, and limits')).first().click(),
  },
  {
    name: 'account-form',
    path: () => '#/settings/accounts',
    sign: (page) => page.getByRole('dialog'),
    act: (page, say) => page.getByRole('button', { name: say('Add account') }).click(),
  },
  {
    name: 'discovery',
    path: () => '#/settings/accounts',
    sign: (page) => page.getByText('STAGING_ANTHROPIC_API_KEY'),
    act: (page, say) => page.getByRole('button', { name: say('Look for credentials on this computer') }).click(),
  },
  {
    name: 'budgets',
    path: () => '#/settings/budgets',
    sign: (page, say) => page.getByText(`${say('Project')} research`),
  },
  {
    name: 'budget-form',
    picture: true,
    path: () => '#/settings/budgets',
    sign: (page) => page.getByRole('dialog'),
    act: (page, say) => page.getByRole('button', { name: say('Add budget') }).click(),
  },
  {
    name: 'plan-form',
    path: () => '#/settings/budgets',
    sign: (page) => page.getByRole('dialog'),
    act: (page, say) => page.getByRole('button', { name: say('Add plan') }).click(),
  },
  { name: 'channels', path: () => '#/settings/channels', sign: (page) => page.getByText('Discord #ops') },
  {
    name: 'channel-form',
    path: () => '#/settings/channels',
    sign: (page) => page.getByRole('dialog'),
    act: (page, say) => page.getByRole('button', { name: say('Add channel') }).click(),
  },
  {
    name: 'person-form',
    path: () => '#/settings/channels',
    sign: (page) => page.getByRole('dialog'),
    act: (page, say) => page.getByRole('button', { name: say('Edit {0}', { 0: 'Anna' }) }).click(),
  },
  {
    name: 'routing',
    path: () => '#/settings/routing',
    sign: (page, say) => page.getByText(say('if nobody acknowledges')).first(),
  },
  {
    name: 'routing-changed',
    path: () => '#/settings/routing',
    sign: (page, say) => page.getByText(say('Not saved yet')),
    act: async (page, say) => {
      await page
        .getByLabel(`Discord #ops, ${say('info')}`)
        .first()
        .selectOption(say('Never'))
    },
  },
  {
    name: 'exception-form',
    path: () => '#/settings/routing',
    sign: (page) => page.getByRole('dialog'),
    act: (page, say) => page.getByRole('button', { name: say('Add exception') }).click(),
  },
  { name: 'general', path: () => '#/settings/general', sign: (page, say) => page.getByLabel(say('Time zone')) },
  {
    name: 'appearance',
    path: () => '#/settings/appearance',
    sign: (page, say) => page.getByRole('radio', { name: say('Dark') }),
  },
  {
    name: 'data',
    path: () => '#/settings/data',
    sign: (page, say) =>
      page.getByRole('button', { name: new RegExp(say('Restore the backup of {0}', { 0: '.+' })) }).first(),
    act: (page, say) => page.getByRole('button', { name: say('Back up now') }).click(),
  },
  {
    name: 'data-narrow',
    path: () => '#/settings/data',
    sign: (page, say) => page.getByText(say('Delete everything')).first(),
    size: { width: 390, height: 844 },
  },
  {
    name: 'erase',
    path: () => '#/settings/data',
    sign: (page) => page.getByRole('dialog'),
    act: (page, say) => page.getByRole('button', { name: say('Delete everything…') }).click(),
  },
  {
    name: 'about',
    path: () => '#/settings/about',
    sign: (page, say) => page.getByRole('button', { name: say('Copy') }),
    act: (page, say) => page.getByRole('button', { name: say('Collect diagnostics') }).click(),
  },
  {
    name: 'account-edit',
    path: () => '#/settings/accounts',
    sign: (page) => page.getByRole('dialog'),
    act: async (page, say) => {
      await page.getByRole('button', { name: say('More for {0}', { 0: 'OpenAI production' }) }).click()
      await page.getByRole('menuitem', { name: say('Edit…') }).click()
    },
  },
  {
    name: 'onboarding',
    picture: true,
    path: () => '#/onboarding',
    sign: (page) => page.getByRole('radio', { name: 'OpenAI' }),
  },
  {
    name: 'popover',
    picture: true,
    path: () => '?view=popover',
    sign: (page, say) => page.getByText(say('Most today')),
    size: { width: 340, height: 600 },
  },
  {
    name: 'channels-narrow',
    path: () => '#/settings/channels',
    sign: (page) => page.getByText('Discord #ops'),
    size: { width: 420, height: 844 },
  },
  {
    name: 'routing-narrow',
    path: () => '#/settings/routing',
    sign: (page, say) => page.getByText(say('if nobody acknowledges')).first(),
    size: { width: 420, height: 844 },
  },
  {
    name: 'dashboard-narrow',
    path: () => '#/',
    sign: (page, say) => page.getByRole('img', { name: say('the last 30 days') }),
    size: { width: 390, height: 844 },
  },
]
