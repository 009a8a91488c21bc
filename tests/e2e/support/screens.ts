import type { Page } from '@playwright/test'

/** Every screen of the app, and how it is reached. */
export interface Screen {
  name: string
  path: (alertId: string) => string
  /** Something that is there only when the screen is. */
  sign: (page: Page) => ReturnType<Page['getByText']>
  act?: (page: Page) => Promise<void>
  size?: { width: number; height: number }
  /** Shown in the README. */
  picture?: true
}

export const screens: Screen[] = [
  {
    name: 'dashboard',
    path: () => '#/?by=project',
    sign: (page) => page.getByRole('img', { name: /Spend of the last 30 days/ }),
    picture: true,
  },
  {
    name: 'dashboard-by-model',
    path: () => '#/?range=90d&by=model',
    sign: (page) => page.getByRole('img', { name: /Spend of the last 90 days/ }),
  },
  { name: 'alerts', path: () => '#/alerts', sign: (page) => page.getByRole('button', { name: 'Acknowledge' }).first() },
  {
    name: 'alert',
    path: (alertId) => `#/alerts/${alertId}`,
    picture: true,
    sign: (page) => page.getByRole('heading', { name: 'Where it goes' }),
  },
  {
    name: 'alerts-found',
    path: () => '#/alerts?list=all&q=research&rule=budget&days=30',
    sign: (page) => page.getByRole('searchbox', { name: 'Search' }),
  },
  {
    name: 'alert-judged',
    path: (alertId) => `#/alerts/${alertId}`,
    sign: (page) => page.getByLabel('Prevented, in USD (optional)'),
    act: (page) => page.getByRole('button', { name: 'Real problem' }).click(),
  },
  {
    name: 'alert-planned',
    path: (alertId) => `#/alerts/${alertId}`,
    sign: (page) => page.getByRole('dialog'),
    act: (page) => page.getByRole('button', { name: 'Planned…' }).click(),
  },
  {
    name: 'metrics',
    path: () => '#/alerts/metrics?days=30',
    sign: (page) => page.getByRole('heading', { name: 'Messages' }),
  },
  {
    name: 'alert-snooze',
    path: (alertId) => `#/alerts/${alertId}`,
    sign: (page) => page.getByRole('menuitem', { name: '1 hour' }),
    act: (page) => page.getByRole('button', { name: 'Snooze' }).click(),
  },
  {
    name: 'accounts',
    path: () => '#/settings/accounts',
    sign: (page) => page.getByText('OpenAI production', { exact: true }),
  },
  {
    name: 'account-details',
    path: () => '#/settings/accounts',
    sign: (page) => page.getByRole('button', { name: 'Read limits again' }).first(),
    act: (page) => page.getByText('What is read, and limits').first().click(),
  },
  {
    name: 'account-form',
    path: () => '#/settings/accounts',
    sign: (page) => page.getByRole('dialog'),
    act: (page) => page.getByRole('button', { name: 'Add account' }).click(),
  },
  {
    name: 'discovery',
    path: () => '#/settings/accounts',
    sign: (page) => page.getByText('STAGING_ANTHROPIC_API_KEY'),
    act: (page) => page.getByRole('button', { name: 'Look for credentials on this computer' }).click(),
  },
  { name: 'budgets', path: () => '#/settings/budgets', sign: (page) => page.getByText('Project research') },
  {
    name: 'budget-form',
    picture: true,
    path: () => '#/settings/budgets',
    sign: (page) => page.getByRole('dialog'),
    act: (page) => page.getByRole('button', { name: 'Add budget' }).click(),
  },
  {
    name: 'plan-form',
    path: () => '#/settings/budgets',
    sign: (page) => page.getByRole('dialog'),
    act: (page) => page.getByRole('button', { name: 'Add plan' }).click(),
  },
  { name: 'channels', path: () => '#/settings/channels', sign: (page) => page.getByText('Discord #ops') },
  {
    name: 'channel-form',
    path: () => '#/settings/channels',
    sign: (page) => page.getByRole('dialog'),
    act: (page) => page.getByRole('button', { name: 'Add channel' }).click(),
  },
  {
    name: 'person-form',
    path: () => '#/settings/channels',
    sign: (page) => page.getByRole('dialog'),
    act: (page) => page.getByRole('button', { name: 'Edit Anna' }).click(),
  },
  {
    name: 'routing',
    path: () => '#/settings/routing',
    sign: (page) => page.getByText('After 15 min, if nobody acknowledges'),
  },
  {
    name: 'routing-changed',
    path: () => '#/settings/routing',
    sign: (page) => page.getByText('Not saved yet'),
    act: async (page) => {
      await page.getByLabel('Discord #ops, info').first().selectOption('Never')
    },
  },
  {
    name: 'exception-form',
    path: () => '#/settings/routing',
    sign: (page) => page.getByRole('dialog'),
    act: (page) => page.getByRole('button', { name: 'Add exception' }).click(),
  },
  { name: 'general', path: () => '#/settings/general', sign: (page) => page.getByLabel('Time zone') },
  {
    name: 'appearance',
    path: () => '#/settings/appearance',
    sign: (page) => page.getByRole('radio', { name: 'Dark' }),
  },
  {
    name: 'data',
    path: () => '#/settings/data',
    sign: (page) => page.getByRole('button', { name: /^Restore/ }).first(),
    act: (page) => page.getByRole('button', { name: 'Back up now' }).click(),
  },
  {
    name: 'data-narrow',
    path: () => '#/settings/data',
    sign: (page) => page.getByText('Delete everything').first(),
    size: { width: 390, height: 844 },
  },
  {
    name: 'erase',
    path: () => '#/settings/data',
    sign: (page) => page.getByRole('dialog'),
    act: (page) => page.getByRole('button', { name: 'Delete everything…' }).click(),
  },
  {
    name: 'about',
    path: () => '#/settings/about',
    sign: (page) => page.getByRole('button', { name: 'Copy' }),
    act: (page) => page.getByRole('button', { name: 'Collect diagnostics' }).click(),
  },
  {
    name: 'account-edit',
    path: () => '#/settings/accounts',
    sign: (page) => page.getByRole('dialog'),
    act: async (page) => {
      await page.getByRole('button', { name: 'More for OpenAI production' }).click()
      await page.getByRole('menuitem', { name: 'Edit…' }).click()
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
    sign: (page) => page.getByText('Most today'),
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
    sign: (page) => page.getByText('After 15 min, if nobody acknowledges'),
    size: { width: 420, height: 844 },
  },
  {
    name: 'dashboard-narrow',
    path: () => '#/',
    sign: (page) => page.getByRole('img', { name: /Spend of/ }),
    size: { width: 390, height: 844 },
  },
]
