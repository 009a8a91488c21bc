/**
 * The rules of FOCUS 1.4 for a Cost and Usage file, as far as they can be told from the file alone: which columns there
 * are, whether they may be empty, what they may hold, and what one column says about another. Written from the column
 * definitions, and not from our code, so that it can find us wrong.
 */
type Level = 'mandatory' | 'recommended' | 'conditional'
type Type = 'decimal' | 'text' | 'time' | 'currency' | 'json'

interface ColumnRule {
  level: Level
  nullable: boolean
  type: Type
  values?: readonly string[]
}

const rule = (level: Level, nullable: boolean, type: Type, values?: readonly string[]): ColumnRule => ({
  level,
  nullable,
  type,
  ...(values && { values }),
})

const categories = [
  'AI and Machine Learning',
  'Analytics',
  'Business Applications',
  'Compute',
  'Databases',
  'Developer Tools',
  'Identity',
  'Integration',
  'Internet of Things',
  'Management and Governance',
  'Media',
  'Migration',
  'Mobile',
  'Multicloud',
  'Networking',
  'Other',
  'Security',
  'Storage',
  'Web',
]
/** Of the categories that we use; every category also has an "Other (…)". */
const subcategories: Record<string, readonly string[]> = {
  'AI and Machine Learning': [
    'AI Platforms',
    'Bots',
    'Generative AI',
    'Machine Learning',
    'Natural Language Processing',
  ],
  Integration: ['API Management', 'Messaging', 'Workflow Orchestration'],
}

export const columnRules: Record<string, ColumnRule> = {
  AllocatedMethodDetails: rule('recommended', true, 'json'),
  AllocatedMethodId: rule('conditional', true, 'text'),
  AllocatedResourceId: rule('conditional', true, 'text'),
  AllocatedResourceName: rule('conditional', true, 'text'),
  AllocatedTags: rule('conditional', true, 'json'),
  AvailabilityZone: rule('recommended', true, 'text'),
  BilledCost: rule('mandatory', false, 'decimal'),
  BillingAccountId: rule('mandatory', false, 'text'),
  BillingAccountName: rule('mandatory', true, 'text'),
  BillingAccountType: rule('conditional', true, 'text'),
  BillingCurrency: rule('mandatory', false, 'currency'),
  BillingPeriodEnd: rule('mandatory', false, 'time'),
  BillingPeriodStart: rule('mandatory', false, 'time'),
  CapacityReservationId: rule('conditional', true, 'text'),
  CapacityReservationStatus: rule('conditional', true, 'text', ['Used', 'Unused']),
  ChargeCategory: rule('mandatory', false, 'text', ['Usage', 'Purchase', 'Tax', 'Credit', 'Adjustment']),
  ChargeClass: rule('mandatory', true, 'text', ['Correction']),
  ChargeDescription: rule('mandatory', true, 'text'),
  ChargeFrequency: rule('recommended', false, 'text', ['One-Time', 'Recurring', 'Usage-Based']),
  ChargePeriodEnd: rule('mandatory', false, 'time'),
  ChargePeriodStart: rule('mandatory', false, 'time'),
  CommitmentDiscountCategory: rule('conditional', true, 'text', ['Spend', 'Usage']),
  CommitmentDiscountId: rule('conditional', true, 'text'),
  CommitmentDiscountName: rule('conditional', true, 'text'),
  CommitmentDiscountQuantity: rule('conditional', true, 'decimal'),
  CommitmentDiscountStatus: rule('conditional', true, 'text', ['Used', 'Unused']),
  CommitmentDiscountType: rule('conditional', true, 'text'),
  CommitmentDiscountUnit: rule('conditional', true, 'text'),
  ConsumedQuantity: rule('conditional', true, 'decimal'),
  ConsumedUnit: rule('conditional', true, 'text'),
  ContractApplied: rule('conditional', true, 'json'),
  ContractedCost: rule('mandatory', false, 'decimal'),
  ContractedUnitPrice: rule('conditional', true, 'decimal'),
  EffectiveCost: rule('mandatory', false, 'decimal'),
  HostProviderName: rule('mandatory', false, 'text'),
  InvoiceDetailId: rule('mandatory', true, 'text'),
  InvoiceId: rule('recommended', true, 'text'),
  InvoiceIssuerName: rule('mandatory', false, 'text'),
  ListCost: rule('mandatory', false, 'decimal'),
  ListUnitPrice: rule('conditional', true, 'decimal'),
  PricingCategory: rule('conditional', true, 'text', ['Standard', 'Dynamic', 'Committed', 'Other']),
  PricingCurrency: rule('conditional', true, 'text'),
  PricingCurrencyContractedUnitPrice: rule('conditional', true, 'decimal'),
  PricingCurrencyEffectiveCost: rule('conditional', true, 'decimal'),
  PricingCurrencyListUnitPrice: rule('conditional', true, 'decimal'),
  PricingQuantity: rule('mandatory', true, 'decimal'),
  PricingUnit: rule('mandatory', true, 'text'),
  // Of 1.2, which makes both mandatory; 1.4 has them no more.
  ProviderName: rule('mandatory', false, 'text'),
  PublisherName: rule('mandatory', false, 'text'),
  RegionId: rule('conditional', true, 'text'),
  RegionName: rule('conditional', true, 'text'),
  ResourceId: rule('conditional', true, 'text'),
  ResourceName: rule('conditional', true, 'text'),
  ResourceType: rule('conditional', true, 'text'),
  ServiceCategory: rule('mandatory', false, 'text', categories),
  ServiceName: rule('mandatory', false, 'text'),
  ServiceProviderName: rule('mandatory', false, 'text'),
  ServiceSubcategory: rule('recommended', false, 'text'),
  SkuId: rule('conditional', true, 'text'),
  SkuMeter: rule('conditional', true, 'text'),
  SkuPriceDetails: rule('conditional', true, 'json'),
  SkuPriceId: rule('conditional', true, 'text'),
  SubAccountId: rule('conditional', true, 'text'),
  SubAccountName: rule('conditional', true, 'text'),
  SubAccountType: rule('conditional', true, 'text'),
  Tags: rule('conditional', true, 'json'),
}

type Row = Record<string, string>

/** What is wrong with a file; nothing when it conforms. Rows are counted like lines, the header being 1. */
export function violations(text: string): string[] {
  const [header = [], ...lines] = readCsv(text)
  const found = headerProblems(header)
  lines.forEach((cells, index) => {
    const at = `row ${index + 2}`
    if (cells.length !== header.length) return void found.push(`${at}: ${cells.length} fields`)
    const row = Object.fromEntries(header.map((column, place) => [column, cells[place] ?? '']))
    found.push(...[...cellProblems(row), ...rowProblems(row)].map((problem) => `${at}: ${problem}`))
  })
  return found
}

export function readRows(text: string): Row[] {
  const [header = [], ...lines] = readCsv(text)
  return lines.map((cells) => Object.fromEntries(header.map((column, place) => [column, cells[place] ?? ''])))
}

function headerProblems(header: readonly string[]): string[] {
  const own = header.findIndex((column) => column.startsWith('x_'))
  return [
    ...Object.keys(columnRules)
      .filter((column) => columnRules[column]?.level === 'mandatory' && !header.includes(column))
      .map((column) => `${column} is missing`),
    ...header
      .filter((column) => !column.startsWith('x_') && !Object.hasOwn(columnRules, column))
      .map((column) => `${column} is no column of FOCUS 1.4 and has no x_`),
    ...header
      .filter((column) => !/^(x_)?[A-Z][A-Za-z0-9]*$/.test(column))
      .map((column) => `${column} is not PascalCase`),
    ...header.filter((column, at) => header.indexOf(column) !== at).map((column) => `${column} is there twice`),
    ...(own < 0 ? [] : header.slice(own))
      .filter((column) => !column.startsWith('x_'))
      .map((column) => `${column} comes after a custom column`),
  ]
}

function* cellProblems(row: Row): Iterable<string> {
  for (const [column, value] of Object.entries(row)) {
    const known = columnRules[column]
    if (value !== value.trim()) yield `${column} has blanks around it`
    if (/^(null|none|n\/a|nan)$/i.test(value)) yield `${column} has a word for null`
    if (!known) continue
    if (value === '') {
      if (!known.nullable) yield `${column} is empty`
    } else if (known.values && !known.values.includes(value)) yield `${column} is ${value}`
    else if (!forms[known.type].test(value)) yield `${column} is no ${known.type}: ${value}`
    else if (known.type === 'time' && Number.isNaN(Date.parse(value))) yield `${column} is no instant: ${value}`
  }
}

const forms: Record<Type, RegExp> = {
  decimal: /^-?(\d+|\d+\.\d+)(E-?\d+)?$/,
  text: /./s,
  time: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/,
  currency: /^[A-Z]{3}$/,
  json: /^\{.*\}$/s,
}

function* rowProblems(row: Row): Iterable<string> {
  const has = (column: string) => (row[column] ?? '') !== ''
  const category = row['ChargeCategory']
  const isUsage = category === 'Usage'
  const isPriced = (isUsage || category === 'Purchase') && row['ChargeClass'] !== 'Correction'

  for (const period of ['Charge', 'Billing'])
    if (!((row[`${period}PeriodStart`] ?? '') < (row[`${period}PeriodEnd`] ?? ''))) yield `${period}Period is empty`

  for (const column of ['SkuId', 'SkuPriceId', 'PricingQuantity', 'PricingCategory'])
    if (column in row && isPriced && !has(column)) yield `${column} is empty for a priced charge`
  for (const column of ['SkuId', 'SkuPriceId', 'PricingQuantity', 'PricingCategory', 'ListUnitPrice'])
    if (category === 'Tax' && has(column)) yield `${column} is there for a tax`
  if (has('PricingQuantity') && !has('SkuPriceId')) yield 'PricingQuantity without SkuPriceId'
  if (has('PricingQuantity') !== has('PricingUnit')) yield 'PricingUnit does not go with PricingQuantity'
  if (has('SkuPriceId') && !has('SkuId')) yield 'SkuPriceId without SkuId'
  if (has('SkuMeter') && !has('SkuId')) yield 'SkuMeter without SkuId'

  if ('ConsumedQuantity' in row) {
    if (isUsage && row['ChargeClass'] !== 'Correction' && !has('ConsumedQuantity')) yield 'ConsumedQuantity is empty'
    if (!isUsage && has('ConsumedQuantity')) yield 'ConsumedQuantity of what is no usage'
    if (has('ConsumedQuantity') !== has('ConsumedUnit')) yield 'ConsumedUnit does not go with ConsumedQuantity'
  }
  if (category === 'Purchase' && row['ChargeFrequency'] === 'Usage-Based') yield 'a purchase is not Usage-Based'

  for (const what of ['SubAccount', 'Resource', 'Region']) {
    if (has(`${what}Name`) && !has(`${what}Id`)) yield `${what}Name without ${what}Id`
    if (has(`${what}Type`) && !has(`${what}Id`)) yield `${what}Type without ${what}Id`
  }
  if (has('SubAccountId') && 'SubAccountType' in row && !has('SubAccountType')) yield 'SubAccountType is empty'

  const parent = row['ServiceCategory'] ?? ''
  const child = row['ServiceSubcategory'] ?? ''
  if (child !== '' && child !== `Other (${parent})` && !subcategories[parent]?.includes(child))
    yield `${child} is no subcategory of ${parent}`
  if (!has('ListUnitPrice') && row['ListCost'] !== row['BilledCost']) yield 'ListCost without a unit price'
  if (!has('ContractedUnitPrice') && row['ContractedCost'] !== row['BilledCost'])
    yield 'ContractedCost without a unit price'
}

/** RFC 4180, the strict way: CRLF ends a record, quotes are doubled inside quotes. */
export function readCsv(text: string): string[][] {
  if (!text.endsWith('\r\n')) throw new Error('the last record does not end')
  const records: string[][] = []
  let cells: string[] = []
  for (let at = 0; at < text.length;) {
    let cell = ''
    if (text[at] === '"') {
      for (at++; text[at] !== '"' || text[at + 1] === '"'; at++) {
        if (at >= text.length) throw new Error('a quoted field does not end')
        cell += text[at]
        if (text[at] === '"') at++
      }
      at++
    } else {
      const end = /[,\r]/g
      end.lastIndex = at
      const to = end.exec(text)?.index ?? text.length
      cell = text.slice(at, to)
      if (cell.includes('"') || cell.includes('\n')) throw new Error(`a field must be quoted: ${cell}`)
      at = to
    }
    cells.push(cell)
    if (text[at] === ',') {
      at++
      continue
    }
    if (text.slice(at, at + 2) !== '\r\n') throw new Error(`a record does not end with CRLF near ${at}`)
    records.push(cells)
    cells = []
    at += 2
  }
  return records
}
