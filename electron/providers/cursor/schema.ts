import { z } from 'zod'
import { centsNanos, label } from '../../http/json-schema.ts'

/**
 * Answers of Cursor's Admin API, as far as we use them: cursor.com/docs/account/teams/admin-api, checked 2026-11-25.
 * Cents, also parts of them, stand beside dollars.
 */
export const spendPage = z.object({
  teamMemberSpend: z.array(
    z.object({
      userId: z
        .union([z.string(), z.number()])
        .nullish()
        .transform((id) => (id === null || id === undefined ? null : String(id))),
      email: label,
      // What is paid on top of the seats. What the seats include is beside it (overallSpendCents has both).
      spendCents: centsNanos,
    }),
  ),
  // Milliseconds.
  subscriptionCycleStart: z.coerce.number().int().min(Date.UTC(2020, 0)),
  totalPages: z.number().int().nullish(),
})
export type MemberSpend = z.output<typeof spendPage>['teamMemberSpend'][number]

export const membersAnswer = z.object({ teamMembers: z.array(z.object({ email: label, name: label })) })
