import type { Feed, ProviderAdapter } from '../adapter.ts'
import { i18n } from '../../../shared/words.ts'

/** How far the bills of an account go, all together. Each bill that was imported is a feed of its own beside it. */
export const billsFeed: Feed = {
  id: 'bills',
  plane: 'billed',
  widths: ['day'],
  latencyMs: 0,
  matureAfterMs: 0,
  source: 'import',
}

/** Bills of any company, as FOCUS files that a person imports (electron/focus). Nobody is ever asked. */
export const focus: ProviderAdapter = {
  id: 'focus',
  origins: [],
  auth: () => ({}),
  feeds: [billsFeed],
  keyKind: () => ({ kind: i18n.t('No key'), refused: null, warnings: [] }),
  checkKey: async () => ({ ok: true, kind: i18n.t('No key'), organization: null, warnings: [], failure: null }),
}
