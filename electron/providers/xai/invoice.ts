import type { z } from 'zod'
import type { Cap } from '../../../shared/caps.ts'
import { fail } from '../../../shared/failures.ts'
import { nanosToDecimal } from '../../../shared/money.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { Balance, CounterReading, ReadContext } from '../adapter.ts'
import { unreadable } from '../pages.ts'
import { creditAnswer, invoiceAnswer, ledgerAnswer, limitsAnswer } from './schema.ts'
import { billingPath, teamOf } from './team.ts'
import { i18n } from '../../../shared/words.ts'

/** Something of the invoice of the month so far. It has everything that was spent, paid ahead or not. */
async function ofInvoice<T>(context: ReadContext, part: z.ZodType<T>): Promise<Result<T>> {
  const team = await teamOf(context)
  if (!team.ok) return team
  const path = `${billingPath(team.value)}/postpaid/invoice/preview`
  const answer = await context.http.get(path)
  if (!answer.ok) return answer
  const parsed = part.safeParse(answer.value)
  return parsed.success ? ok(parsed.data) : err(unreadable(path, parsed.error))
}

/**
 * The invoice as one sum that grows. The usage knows the days that are over better than any even spread over the month
 * would, so where the sum began is left open: the second look is the first to tell. Its fall at the end of a month means
 * nothing.
 */
export async function readInvoice(context: ReadContext): Promise<Result<CounterReading[]>> {
  const invoice = await ofInvoice(context, invoiceAnswer)
  if (!invoice.ok) return invoice
  const nobody = { model: null, project: null, apiKey: null, tier: null }
  const totalNanos = invoice.value.coreInvoice
  return ok([{ ...nobody, lineItem: 'Invoice so far', currency: 'USD', totalNanos, sinceMs: null }])
}

/**
 * What is left of what was paid ahead. The ledger of the prepaid balance moves only when a month is closed and stands still
 * while credit is used up, so it is asked only where the invoice says nothing of credit. A team that pays nothing ahead has
 * no balance, which is not none left.
 */
export async function balances(context: ReadContext): Promise<Result<Balance[]>> {
  const credit = await ofInvoice(context, creditAnswer)
  if (!credit.ok) return credit
  const { prepaidCredits, prepaidCreditsUsed: used } = credit.value.coreInvoice
  const ledger = prepaidCredits === null ? await ledgerTotal(context) : ok(prepaidCredits)
  if (!ledger.ok) return ledger
  const paid = ledger.value
  if (paid === null || paid >= 0n) return ok([])
  // What is used is below zero as well, mostly.
  const usedNanos = used === null ? 0n : used < 0n ? -used : used
  return ok([{ currency: 'USD', leftNanos: -paid - usedNanos }])
}

/** Null where there is no such ledger, or none that can be read. That it could not be asked just now says neither. */
async function ledgerTotal(context: ReadContext): Promise<Result<bigint | null>> {
  const team = await teamOf(context)
  if (!team.ok) return team
  const answer = await context.http.get(`${billingPath(team.value)}/prepaid/balance`)
  if (!answer.ok) {
    const { kind } = answer.failure
    return kind === 'not-found' || kind === 'permission-missing' ? ok(null) : answer
  }
  const ledger = ledgerAnswer.safeParse(answer.value)
  return ok(ledger.success ? ledger.data.total : null)
}

/** The limit of the month beyond what was paid ahead, at which the API stops. */
export async function caps(context: ReadContext): Promise<Result<Cap[]>> {
  const team = await teamOf(context)
  if (!team.ok) return team
  const path = `${billingPath(team.value)}/postpaid/spending-limits`
  const answer = await context.http.get(path)
  if (!answer.ok) {
    const { kind } = answer.failure
    return kind === 'not-found' ? err(fail(kind, i18n.t('xAI shows no spending limit for this team.'))) : answer
  }
  const parsed = limitsAnswer.safeParse(answer.value)
  if (!parsed.success) return err(unreadable(path, parsed.error))
  const limit = nanosToDecimal(parsed.data.spendingLimits.effectiveSl.val)
  return ok([{ scope: i18n.t('team, beyond prepaid credit'), effect: 'stop', limit, currency: 'USD', period: 'month' }])
}
