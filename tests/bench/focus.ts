import { closeSync, openSync, writeSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { ImportState } from '../../shared/imports.ts'
import { hourMs } from '../../shared/time.ts'
import type { Say, Scale } from './measured.ts'
import { openGuard } from './open-guard.ts'
import { newFolder } from './serve.ts'
import { longestStall } from './stalls.ts'

const stallGoalMs = 50
const memoryGoalMb = 300
const startMs = Date.UTC(2026, 9, 1)

/** A bill of a month by the hour is imported into a guard that does nothing else, and again. */
export async function measureFocus(say: Say, { quick }: Scale): Promise<void> {
  const lines = quick ? 50_000 : 5_000_000
  const folder = newFolder()
  const file = path.join(folder.dataDir, 'bill.csv')
  writeBill(file, lines)
  const { guard, ask } = openGuard(folder.dataDir)
  const account = await ask('accounts:add', { provider: 'focus', label: 'Bills' })
  for (const occasion of ['', ' again']) {
    const beforeMb = process.memoryUsage.rss() / 1e6
    let peakMb = 0
    let readMs = 0
    const startedMs = performance.now()
    const { wallMs, cpuMs } = await longestStall(async () => {
      const request = { format: 'focus' as const, accountId: account.id, files: [file] }
      for (let state: ImportState = await ask('imports:start', request); ;) {
        peakMb = Math.max(peakMb, process.memoryUsage.rss() / 1e6)
        if (state.state !== 'reading') readMs ||= performance.now() - startedMs
        if (state.failure) throw new Error(state.failure.message)
        if (state.state === 'done') return
        await sleep(20)
        state = await ask('imports:get', { id: state.id })
      }
    })
    say({
      what: `FOCUS import${occasion}, ${lines.toLocaleString('en-US')} lines of CSV`,
      value: (lines / readMs) * 1_000,
      unit: 'lines/s',
      baseline: null,
      goal: '>= 100,000 lines/s',
      met: (lines / readMs) * 1_000 >= 100_000,
    })
    say({
      what: `longest stall, FOCUS import${occasion}`,
      value: wallMs,
      unit: 'ms',
      baseline: { what: 'on the processor at a stretch', value: cpuMs, unit: 'ms' },
      goal: `<= ${stallGoalMs} ms`,
      met: wallMs <= stallGoalMs,
    })
    say({
      what: `memory of a FOCUS import${occasion}`,
      value: peakMb - beforeMb,
      unit: 'MB more than before',
      baseline: null,
      goal: `<= ${memoryGoalMb} MB`,
      met: peakMb - beforeMb <= memoryGoalMb,
    })
  }
  await guard.stop()
  folder.remove()
}

/** Lines as clouds write them: long, with quotes in them, and most of it of no interest. */
function writeBill(file: string, lines: number): void {
  const header =
    'AvailabilityZone,BilledCost,BillingAccountId,BillingAccountName,BillingCurrency,BillingPeriodEnd,BillingPeriodStart,ChargeCategory,ChargeClass,ChargeDescription,ChargeFrequency,ChargePeriodEnd,ChargePeriodStart,ConsumedQuantity,ConsumedUnit,ContractedCost,ContractedUnitPrice,EffectiveCost,InvoiceIssuerName,ListCost,ListUnitPrice,PricingCategory,PricingQuantity,PricingUnit,ProviderName,PublisherName,RegionId,RegionName,ResourceId,ResourceName,ResourceType,ServiceCategory,ServiceName,SkuId,SkuMeter,SkuPriceId,SubAccountId,SubAccountName,Tags'
  const handle = openSync(file, 'w')
  let text = `${header}\r\n`
  for (let at = 0; at < lines; at++) {
    const from = time(at % 720)
    const to = time((at % 720) + 1)
    const cost = `0.${String((at * 7_919) % 1_000_000).padStart(6, '0')}`
    const [sku, project] = [at % 40, (at * 31) % 25]
    text += `eu-west-1a,${cost},acct-1,Main,USD,2026-11-01T00:00:00Z,2026-10-01T00:00:00Z,Usage,,"Model ${sku}, output tokens",Usage-Based,${to},${from},${at % 1_000},Tokens,${cost},0.001,${cost},ACME Cloud,${cost},0.001,Standard,${at % 1_000},Tokens,ACME,ACME,eu-west-1,Ireland,arn:acme:vm:eu-west-1::instance/i-${at},i-${at},Instance,AI and Machine Learning,Model Service,sku-${sku},Model ${sku} out,price-${sku},proj-${project},Project ${project},"{""team"":""t${at % 7}"",""env"":""production""}"\r\n`
    if (text.length < 1_000_000 && at + 1 < lines) continue
    writeSync(handle, text)
    text = ''
  }
  closeSync(handle)
}

function time(hour: number): string {
  return new Date(startMs + hour * hourMs).toISOString().replace('.000', '')
}
