import { initial } from './0001-initial.ts'

/** In order, forward only; `PRAGMA user_version` counts how many a database has seen. Never edit one that shipped. */
export const migrations: readonly string[] = [initial]
