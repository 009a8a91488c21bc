import { z } from 'zod'
import { amountNanos, count } from '../../http/json-schema.ts'

/**
 * GetCostAndUsage, as far as we use it: docs.aws.amazon.com/aws-cost-management/latest/APIReference, checked
 * 2026-11-25. What costs nothing may come without a currency ("N/A").
 */
const cost = z
  .object({ Amount: amountNanos, Unit: z.string().transform((unit) => unit.toUpperCase()) })
  .refine(({ Amount, Unit }) => Amount === 0n || isCurrency(Unit), { error: 'not a currency' })

export const costsPage = z.object({
  ResultsByTime: z.array(
    z.object({
      TimePeriod: z.object({ Start: z.string().regex(/^\d{4}-\d{2}-\d{2}/) }),
      // An empty list is a day without spend; no list at all is an answer we do not understand.
      Groups: z.array(
        z.object({ Keys: z.tuple([z.string(), z.string()]), Metrics: z.object({ UnblendedCost: cost }) }),
      ),
    }),
  ),
  NextPageToken: z.string().nullish(),
})
export type CostsPage = z.output<typeof costsPage>

export function isCurrency(unit: string): boolean {
  return /^[A-Z]{3}$/.test(unit)
}

/** CloudWatch's ListMetrics and GetMetricData in JSON (awsJson1_0), where an instant is a number of seconds. */
export const metricsPage = z.object({
  Metrics: z.array(
    z.object({
      MetricName: z.string(),
      Dimensions: z.array(z.object({ Name: z.string(), Value: z.string() })).default([]),
    }),
  ),
  NextToken: z.string().nullish(),
})

export const dataPage = z.object({
  MetricDataResults: z.array(
    z.object({
      Id: z.string(),
      Timestamps: z.array(z.number()).default([]),
      Values: z.array(count).default([]),
      StatusCode: z.string().nullish(),
    }),
  ),
  NextToken: z.string().nullish(),
})

/** STS answers in JSON to whom accepts JSON. */
export const callerPage = z.object({
  GetCallerIdentityResponse: z.object({
    GetCallerIdentityResult: z.object({ Account: z.string(), Arn: z.string() }),
  }),
})

/** Where AWS puts the name of an error: JSON protocols with or without a namespace in front, and STS. */
export const refused = z.union([
  z.object({ __type: z.string() }).transform(({ __type }) => __type.slice(__type.lastIndexOf('#') + 1)),
  z.object({ Error: z.object({ Code: z.string() }) }).transform(({ Error: { Code } }) => Code),
])
