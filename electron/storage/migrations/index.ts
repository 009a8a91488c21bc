import { initial } from './0001-initial.ts'
import { plans } from './0002-plans.ts'
import { counters } from './0003-counters.ts'
import { caps } from './0004-caps.ts'
import { balances } from './0005-balances.ts'
import { rates } from './0006-rates.ts'
import { routing } from './0007-routing.ts'
import { links } from './0008-links.ts'
import { history } from './0009-history.ts'
import { mended } from './0010-mended.ts'
import { olderPosts } from './0011-older-posts.ts'
import { messageLinks } from './0013-message-links.ts'
import { testMessages } from './0012-test-messages.ts'

/** In order, forward only; `PRAGMA user_version` counts how many a database has seen. Never edit one that shipped. */
export const migrations: readonly string[] = [
  initial,
  plans,
  counters,
  caps,
  balances,
  rates,
  routing,
  links,
  history,
  mended,
  olderPosts,
  testMessages,
  messageLinks,
]
