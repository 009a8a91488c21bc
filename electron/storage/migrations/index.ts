import { initial } from './0001-initial.ts'
import { plans } from './0002-plans.ts'
import { counters } from './0003-counters.ts'
import { rates } from './0004-rates.ts'
import { caps } from './0005-caps.ts'
import { balances } from './0006-balances.ts'

/** In this order, which is not that of the files' numbers, forward only; `PRAGMA user_version` counts how many a database has seen. Never edit one that shipped. */
export const migrations: readonly string[] = [initial, plans, counters, caps, balances, rates]
