import { FileProblem } from './problem.ts'
import { i18n } from '../../shared/words.ts'

/**
 * The columns that an import reads. The first that a file has stands for the rest: names changed between FOCUS 1.0 and
 * 1.4. `needed` ones were there, and never empty, in all of these versions.
 */
export const importColumns = {
  billedCost: { names: ['BilledCost'], needed: true },
  currency: { names: ['BillingCurrency'], needed: true },
  billingAccount: { names: ['BillingAccountId'], needed: true },
  billingFrom: { names: ['BillingPeriodStart'], needed: true },
  billingTo: { names: ['BillingPeriodEnd'], needed: true },
  chargeFrom: { names: ['ChargePeriodStart'], needed: true },
  chargeTo: { names: ['ChargePeriodEnd'], needed: true },
  issuer: { names: ['InvoiceIssuerName', 'ServiceProviderName', 'ProviderName', 'PublisherName'], needed: false },
  category: { names: ['ChargeCategory'], needed: false },
  chargeClass: { names: ['ChargeClass'], needed: false },
  description: { names: ['ChargeDescription'], needed: false },
  service: { names: ['ServiceName'], needed: false },
  model: { names: ['x_Model', 'SkuMeter', 'ServiceName'], needed: false },
  project: { names: ['SubAccountId'], needed: false },
  projectName: { names: ['SubAccountName'], needed: false },
  resource: { names: ['ResourceId'], needed: false },
  resourceName: { names: ['ResourceName'], needed: false },
  resourceType: { names: ['ResourceType'], needed: false },
  quantity: { names: ['ConsumedQuantity', 'PricingQuantity'], needed: false },
  quantityKnown: { names: ['x_QuantityKnown'], needed: false },
  estimated: { names: ['x_Estimated'], needed: false },
  tier: { names: ['x_Tier'], needed: false },
} as const satisfies Record<string, { names: readonly string[]; needed: boolean }>

export type ImportField = keyof typeof importColumns
export const importFields = Object.keys(importColumns) as ImportField[]

/** One line of a file: what is in the fields, in the order of `importFields`; an empty text where there is nothing. */
export type Cells = readonly string[]

/** Takes the lines of a file one after the other. `line` is where it is in the file, for messages. */
export type CellsListener = (cells: Cells, line: number) => void

/** Which column of the file each field is read from; null for one that the file does not have. */
export function chooseColumns(header: readonly string[]): (string | null)[] {
  // As Excel saves CSV in countries that write 1,5.
  if (header.length === 1 && /BilledCost[;\t]|[;\t]BilledCost/.test(header[0] ?? ''))
    throw new FileProblem(i18n.t('between its fields there is no comma. Save it as CSV with commas.'))
  const twice = header.find((name, at) => name !== '' && header.indexOf(name) !== at)
  if (twice !== undefined) throw new FileProblem(i18n.t('it has the column {twice} twice.', { twice }))
  const chosen = importFields.map((field) => importColumns[field].names.find((name) => header.includes(name)) ?? null)
  const missing = importFields.flatMap((field, at) =>
    importColumns[field].needed && chosen[at] === null ? [importColumns[field].names[0]] : [],
  )
  if (missing.length > 0)
    throw new FileProblem(
      i18n.t('it has no column {missing}. A FOCUS file has them: export Cost and Usage data as FOCUS 1.0 or later.', {
        missing: missing.join(', '),
      }),
    )
  return chosen
}
