import { t } from '@lingui/core/macro'
import type { Spend } from '../../shared/amounts.ts'

export type SpendKind = 'billed' | 'estimate' | 'mixed' | 'unknown'

export const spendKindWords: Record<SpendKind, string> = {
  billed: t`billed`,
  estimate: t`estimate`,
  mixed: t`part estimate`,
  unknown: t`unknown`,
}

/** Which plane the effective amount comes from. */
export function spendKind({
  effective,
  billed,
  estimate,
}: Pick<Spend, 'effective' | 'billed' | 'estimate'>): SpendKind {
  if (effective === null) return 'unknown'
  if (billed === null) return 'estimate'
  if (estimate === null || effective === billed) return 'billed'
  return effective === estimate ? 'estimate' : 'mixed'
}
