import type { Calibration } from '../../shared/accounts.ts'
import { i18n, figureInWords } from '../../shared/words.ts'
import type { Judgement, OpenAlert } from './finding.ts'

export interface AccountHealth {
  accountId: string
  label: string
  /** Why polling stopped until a person acts; null while it runs. */
  pausedReason: string | null
  calibration: Calibration | null
  /** The newest billed day over what the days before it make one expect; null where it says nothing. */
  newestRatio: number | null
}

/** Beyond this, the bill and the price table tell different stories. */
const driftLow = 1 / 1.5
const driftHigh = 1.5

const isDrift = (ratio: number) => ratio < driftLow || ratio > driftHigh

/** Accounts that need a person: a refused key, and a bill that the price table does not explain. */
export function judgeHealth(input: {
  accounts: readonly AccountHealth[]
  open: readonly OpenAlert[]
  nowMs: number
}): Judgement {
  const judgement: Judgement = { findings: [], cleared: new Map() }
  const base = { ruleId: null, unsure: false, amountNanos: null, limitNanos: null, currency: 'USD', contributors: [] }
  const sinceOf = (identity: string) => input.open.find((alert) => alert.identity === identity)?.sinceMs ?? input.nowMs
  for (const account of input.accounts) {
    const scope = `account:${account.accountId}`
    const credential = `credential:${account.accountId}`
    if (account.pausedReason) {
      judgement.findings.push({
        ...base,
        identity: credential,
        rule: 'credential',
        scope,
        severity: 'warning',
        steps: ['paused'],
        sinceMs: sinceOf(credential),
        summary: i18n.t('{account} is no longer watched: {reason}', {
          account: account.label,
          reason: account.pausedReason,
        }),
      })
    } else judgement.cleared.set(credential, i18n.t('The account is being read again.'))
    const drift = `calibration:${account.accountId}`
    const ratio = account.calibration
    const newest = account.newestRatio
    if (ratio?.steady && isDrift(ratio.ratio)) {
      judgement.findings.push({
        ...base,
        identity: drift,
        rule: 'calibration',
        scope,
        severity: 'warning',
        steps: ['drift'],
        sinceMs: sinceOf(drift),
        explanation: { pattern: 'price-mismatch', causes: [] },
        summary: i18n.t('{account}: the bill is {ratio} times what usage at list prices comes to.', {
          account: account.label,
          ratio: figureInWords(ratio.ratio, 2),
        }),
      })
    } else if (newest !== null && isDrift(newest)) {
      // One day may be a fee; it becomes a warning when more days say the same.
      judgement.findings.push({
        ...base,
        identity: drift,
        rule: 'calibration',
        scope,
        severity: 'info',
        steps: ['newest day'],
        sinceMs: sinceOf(drift),
        explanation: { pattern: 'price-mismatch', causes: [] },
        summary: i18n.t(
          '{account}: the newest billed day is {ratio} times what its usage makes one expect. A price or a discount may have changed, or something that is not usage was billed.',
          { account: account.label, ratio: figureInWords(newest, 2) },
        ),
      })
    } else if (ratio?.steady || newest !== null) judgement.cleared.set(drift, i18n.t('Bill and estimate agree again.'))
  }
  const accounts = new Set(input.accounts.map((account) => account.accountId))
  for (const alert of input.open) {
    const owner = alert.identity.split(':')[1] ?? ''
    if ((alert.rule === 'credential' || alert.rule === 'calibration') && !accounts.has(owner)) {
      judgement.cleared.set(alert.identity, i18n.t('The account was removed.'))
    }
  }
  return judgement
}
