import { randomUUID } from 'node:crypto'
import { fail } from '../../shared/failures.ts'
import { err, ok } from '../../shared/result.ts'
import { addDays, iso, localDay } from '../../shared/time.ts'
import type { Plan } from '../../shared/plans.ts'
import type { PlansTable } from '../storage/plans.ts'
import { refuseScope } from './budgets.ts'
import type { Handlers } from './handlers.ts'
import { i18n } from '../../shared/words.ts'

export function planCalls(parts: {
  plans: PlansTable
  now(): number
  /** Ids of all accounts there ever were. */
  accountIds(): string[]
  zone(): string
  /** What was announced is judged at once, on what is known. */
  onChange(): void
}): Pick<Handlers, 'plans:list' | 'plans:add' | 'plans:remove'> {
  const { plans, now } = parts
  return {
    'plans:list': () => ok([...plans.all()]),
    'plans:add': (entry) => {
      const problem = refuseScope(entry.scope, parts.accountIds())
      if (problem !== null) return err(fail('invalid-input', problem))
      const zone = entry.zone ?? parts.zone()
      if (entry.to < localDay(now(), zone))
        return err(fail('invalid-input', i18n.t('{to} is over. A plan is for today or later.', { to: entry.to })))
      const plan: Plan = { ...entry, zone, id: randomUUID().slice(0, 8), createdAt: iso(now()) }
      plans.insert(plan)
      parts.onChange()
      return ok(plan)
    },
    'plans:remove': ({ id }) => {
      const plan = plans.all().find((one) => one.id === id)
      if (!plan)
        return err(fail('not-found', i18n.t('There is no plan {id}. "spend-guard plans list" shows them.', { id })))
      // What was announced for the days before stays an explanation of them.
      const yesterday = addDays(localDay(now(), plan.zone), -1)
      if (plan.from <= yesterday) plans.end(id, plan.to < yesterday ? plan.to : yesterday)
      else plans.remove(id)
      parts.onChange()
      return ok({})
    },
  }
}
