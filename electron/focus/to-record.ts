import { lookUp } from '../../shared/look-up.ts'
import { nanosToDecimal } from '../../shared/money.ts'
import type { CostLine } from '../providers/adapter.ts'
import type { BillName } from './bill-feed.ts'
import { keyResource, type ChargeCategory, type FocusRecord } from './columns.ts'
import { splitLineItem } from './line-item.ts'
import type { ServiceFacts } from './services.ts'
import { isTokenMeter, quantityText, unitOf } from './units.ts'

/** One stored line of spend with what is known around it. */
export interface ExportLine {
  line: CostLine
  startMs: number
  endMs: number
  /** The bill stands for the day or, where there is none yet, the estimate. */
  plane: 'billed' | 'estimate'
  account: { id: string; label: string; workspace: string | null }
  /** The imported bill it is of; null for what was read at a provider. */
  bill: BillName | null
  service: ServiceFacts
  /** Names of project and key; null where there is no such id. */
  projectName: string | null
  keyName: string | null
  asOfMs: number | null
}

/** A stored line as a line of FOCUS 1.4. */
export function toRecord(from: ExportLine): FocusRecord {
  const { line, bill, service } = from
  const amount = nanosToDecimal(line.costNanos)
  const item = splitLineItem(line.lineItem, bill !== null)
  const category = bill ? item.category : categoryOf(line)
  const isUsage = category === 'Usage'
  const company = bill?.issuer ?? service.company
  const description = item.description ?? line.model ?? item.service ?? service.service
  // What was used or bought has an article; taxes, credits and adjustments have none.
  const sku = isUsage || category === 'Purchase' ? skuOf(line, description) : null
  const quantity = line.quantity === null ? null : quantityText(line.quantity)
  const unit = unitOf(item.description)
  const period = billingPeriod(from.startMs, bill)
  return {
    BilledCost: amount,
    BillingAccountId: bill?.billingAccount ?? from.account.id,
    BillingAccountName: from.account.label,
    BillingAccountType: 'Account',
    BillingCurrency: line.currency,
    BillingPeriodEnd: timeText(period.endMs),
    BillingPeriodStart: timeText(period.startMs),
    ChargeCategory: category,
    ChargeClass: item.correction ? 'Correction' : null,
    ChargeDescription: description,
    ChargeFrequency: isUsage ? 'Usage-Based' : 'One-Time',
    ChargePeriodEnd: timeText(from.endMs),
    ChargePeriodStart: timeText(from.startMs),
    // The specification wants a quantity of all usage: a charge nobody counted is one unit, and x_QuantityKnown says so.
    ConsumedQuantity: isUsage ? (quantity ?? '1') : null,
    ConsumedUnit: isUsage ? (quantity === null ? 'Units' : unit) : null,
    ContractedCost: amount,
    EffectiveCost: amount,
    HostProviderName: company,
    InvoiceDetailId: null,
    InvoiceId: null,
    InvoiceIssuerName: company,
    ListCost: amount,
    PricingCategory: sku === null ? null : line.pricing === 'prepaid' ? 'Other' : 'Standard',
    PricingQuantity: sku === null ? null : (quantity ?? '1'),
    PricingUnit: sku === null ? null : quantity === null ? 'Units' : unit,
    ProviderName: company,
    PublisherName: company,
    ResourceId: line.apiKey,
    ResourceName: line.apiKey === null ? null : from.keyName,
    ResourceType: line.apiKey === null ? null : keyResource,
    ServiceCategory: service.category,
    ServiceName: item.service ?? service.service,
    ServiceProviderName: company,
    ServiceSubcategory: service.subcategory,
    SkuId: sku,
    SkuMeter: sku === null ? null : description,
    SkuPriceId: sku === null ? null : line.tier === null ? sku : `${sku} / ${line.tier}`,
    SubAccountId: line.project,
    SubAccountName: line.project === null ? null : from.projectName,
    SubAccountType: line.project === null ? null : service.subAccount,
    x_Account: from.account.id,
    x_DataAsOf: from.asOfMs === null ? null : timeText(from.asOfMs),
    x_Estimated: String(from.plane === 'estimate' || line.pricing !== 'billed'),
    x_Model: line.model,
    x_Pricing: line.pricing,
    x_QuantityKnown: String(quantity !== null),
    x_Tier: line.tier,
    x_TokenType: isTokenMeter(item.description) ? item.description : null,
    x_Workspace: from.account.workspace,
  }
}

/** What providers call that which is no usage: AWS in the line item (a record type), others in the tier (a kind of cost). */
const notUsage: Readonly<Record<string, ChargeCategory>> = {
  credit: 'Credit',
  refund: 'Credit',
  tax: 'Tax',
  purchase: 'Purchase',
  adjustment: 'Adjustment',
}

function categoryOf({ lineItem, tier, pricing }: CostLine): ChargeCategory {
  if (pricing !== 'billed') return 'Usage'
  return lookUp(notUsage, tier?.toLowerCase() ?? '') ?? lookUp(notUsage, lineItem?.toLowerCase() ?? '') ?? 'Usage'
}

/** Providers give AI charges no article number: model and line item name what was priced. */
function skuOf(line: CostLine, description: string): string {
  return line.model === null || description.startsWith(line.model) ? description : `${line.model} / ${description}`
}

/** The UTC month of a charge, or the period of the bill that it is on. */
function billingPeriod(atMs: number, bill: BillName | null): { startMs: number; endMs: number } {
  if (bill) return { startMs: Date.parse(bill.from), endMs: Date.parse(bill.to) }
  const at = new Date(atMs)
  const monthMs = (later: number) => Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + later)
  return { startMs: monthMs(0), endMs: monthMs(1) }
}

/** `2026-11-01T00:00:00Z`: the form the specification shows. */
function timeText(ms: number): string {
  return new Date(ms).toISOString().replace(/\.\d+Z$/, 'Z')
}
