import type { z } from 'zod'
import type { Failure } from '../../../shared/failures.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import { dayMs, utcDay } from '../../../shared/time.ts'
import { i18n } from '../../../shared/words.ts'
import type { Query } from '../../http/provider-http.ts'
import type { ReadContext, ReadWindow } from '../adapter.ts'
import { followPages, unreadable } from '../pages.ts'
import { accountsPage, recordsPage, type UsageRecord } from './schema.ts'

/**
 * Categories form overlapping trees of over 600 names, so that only `totalprice` is money. These are trees side by side:
 * they say what the money was for, and what they leave over is `other`.
 */
export const kinds = ['calls', 'sms', 'mms', 'phonenumbers', 'recordings'] as const
export const total = 'totalprice'

/** Where an account's own resources are. */
export function accountPath(sid: string): string {
  return `/2010-04-01/Accounts/${encodeURIComponent(sid)}`
}

/** Days of some categories. Both ends belong to what Twilio calls a range, and a day to come makes it answer 404. */
export async function readDays(
  context: ReadContext,
  sid: string,
  category: string | null,
  window: Pick<ReadWindow, 'fromMs' | 'toMs'>,
  only: 'own' | 'all',
): Promise<Result<UsageRecord[]>> {
  const lastMs = Math.min(window.toMs - dayMs, context.now())
  const query: Query = [
    ...(category === null ? [] : [['Category', category] as const]),
    ['StartDate', utcDay(window.fromMs)],
    ['EndDate', utcDay(lastMs)],
    ...(only === 'own' ? [['IncludeSubaccounts', 'false'] as const] : []),
    ['PageSize', '1000'],
  ]
  const path = `${accountPath(sid)}/Usage/Records/Daily.json`
  const read = await listAll(context, path, query, recordsPage, (page) => page.usage_records)
  if (read.ok || read.failure.kind !== 'not-found') return read
  // A range without any data may be "not found", and so is an account that is not there: it must not look like no spend.
  const unknown = category === total ? await unknownAccount(context, sid) : null
  return unknown ? err(unknown) : ok([])
}

/** Null for an account that is there, or that the key may not look at. */
async function unknownAccount({ http }: ReadContext, sid: string): Promise<Failure | null> {
  const account = await http.get(`${accountPath(sid)}.json`)
  return !account.ok && account.failure.kind === 'not-found' ? noSuchAccount(account.failure) : null
}

export function noSuchAccount(failure: Failure): Failure {
  return { ...failure, message: i18n.t('Twilio does not know this account. Check the option account_sid.') }
}

/** The account itself and its active sub-accounts. */
export function readAccounts(context: ReadContext): Promise<Result<z.output<typeof accountsPage>['accounts']>> {
  const query: Query = [
    ['Status', 'active'],
    ['PageSize', '1000'],
  ]
  return listAll(context, '/2010-04-01/Accounts.json', query, accountsPage, (page) => page.accounts)
}

/** Follows `next_page_uri`, which is relative; the HTTP client refuses one that leads to another host. */
export function listAll<Page extends { next_page_uri: string | null }, Row>(
  context: ReadContext,
  path: string,
  query: Query,
  schema: z.ZodType<Page>,
  rows: (page: Page) => Row[],
): Promise<Result<Row[]>> {
  return followPages(context.http, { path, query }, (answer) => {
    const page = schema.safeParse(answer)
    if (!page.success) return err(unreadable(path, page.error))
    const { next_page_uri: next } = page.data
    return ok({ made: rows(page.data), next: next ? { path: next } : null })
  })
}
