import { z } from 'zod'
import { amountNanos, currencyCode } from '../../http/json-schema.ts'

/** learn.microsoft.com/entra/identity-platform/v2-oauth2-client-creds-grant-flow, checked 2026-11-25. */
export const tokenPage = z.object({ access_token: z.string().min(1), expires_in: z.coerce.number().positive() })

/** Query - Usage, as far as we use it: learn.microsoft.com/rest/api/cost-management/query/usage, checked 2026-11-25. */
export const queryPage = z.object({
  properties: z.object({
    nextLink: z.string().nullish(),
    columns: z.array(z.object({ name: z.string() })),
    rows: z.array(z.array(z.unknown())),
  }),
})
export type QueryPage = z.output<typeof queryPage>

/** One row, by the names of its columns. A date is a number: 20261122. */
export const costRow = z.object({
  cost: amountNanos,
  usagedate: z
    .union([z.number(), z.string()])
    .transform((value) => /^(\d{4})-?(\d{2})-?(\d{2})/.exec(String(value)))
    .transform((parts) => (parts ? Date.parse(`${parts[1]}-${parts[2]}-${parts[3]}`) : Number.NaN))
    .refine((ms) => !Number.isNaN(ms), { error: 'not a day' }),
  currency: currencyCode,
})

/** The name of an error: of the resource manager, and of the token endpoint. */
export const refused = z.union([
  z.object({ error: z.object({ code: z.string() }) }).transform(({ error }) => error.code),
  z.object({ error: z.string() }).transform(({ error }) => error),
])
