import { z } from 'zod'
import type { Feed } from '../providers/adapter.ts'

/** One bill: what one company bills one billing account for one billing period. */
export interface BillName {
  issuer: string
  billingAccount: string
  /** The first day of the billing period, `2026-11-01`, and the first after it. */
  from: string
  to: string
}

const parts = z.tuple([z.string(), z.string(), z.string(), z.string()])
const prefix = 'bill '

/**
 * Every bill is a feed of its own, so that a newer file replaces what this bill said and nothing else: a correction that
 * November's bill makes to a day of October leaves October's own bill alone.
 */
export function billFeed({ issuer, billingAccount, from, to }: BillName): Feed {
  return {
    id: `${prefix}${JSON.stringify([issuer, billingAccount, from, to])}`,
    plane: 'billed',
    widths: ['day'],
    latencyMs: 0,
    matureAfterMs: 0,
    source: 'import',
  }
}

/** The bill that a feed is; null for one of another kind. */
export function billOf(feedId: string): BillName | null {
  if (!feedId.startsWith(prefix)) return null
  const [issuer, billingAccount, from, to] = parts.parse(JSON.parse(feedId.slice(prefix.length)))
  return { issuer, billingAccount, from, to }
}
