/**
 * The columns of a FOCUS 1.4 Cost and Usage file that we fill, in the order of the specification, our own after them.
 * https://focus.finops.org, column definitions read on 2026-11-25; docs/focus.md says what goes into each and why.
 *
 * ProviderName and PublisherName, which 1.4 removed, are there for readers and validators of 1.2, where they are
 * mandatory. Left out on purpose: unit prices (a stored amount is rounded to a nano, so price x quantity would not give
 * it back).
 */
export const exportColumns = {
  BilledCost: 'decimal',
  BillingAccountId: 'text',
  BillingAccountName: 'text',
  BillingAccountType: 'text',
  BillingCurrency: 'text',
  BillingPeriodEnd: 'time',
  BillingPeriodStart: 'time',
  ChargeCategory: 'text',
  ChargeClass: 'text',
  ChargeDescription: 'text',
  ChargeFrequency: 'text',
  ChargePeriodEnd: 'time',
  ChargePeriodStart: 'time',
  ConsumedQuantity: 'decimal',
  ConsumedUnit: 'text',
  ContractedCost: 'decimal',
  EffectiveCost: 'decimal',
  HostProviderName: 'text',
  InvoiceDetailId: 'text',
  InvoiceId: 'text',
  InvoiceIssuerName: 'text',
  ListCost: 'decimal',
  PricingCategory: 'text',
  PricingQuantity: 'decimal',
  PricingUnit: 'text',
  ProviderName: 'text',
  PublisherName: 'text',
  ResourceId: 'text',
  ResourceName: 'text',
  ResourceType: 'text',
  ServiceCategory: 'text',
  ServiceName: 'text',
  ServiceProviderName: 'text',
  ServiceSubcategory: 'text',
  SkuId: 'text',
  SkuMeter: 'text',
  SkuPriceId: 'text',
  SubAccountId: 'text',
  SubAccountName: 'text',
  SubAccountType: 'text',
  x_Account: 'text',
  x_DataAsOf: 'time',
  x_Estimated: 'text',
  x_Model: 'text',
  x_Pricing: 'text',
  x_QuantityKnown: 'text',
  x_Tier: 'text',
  x_TokenType: 'text',
  x_Workspace: 'text',
} as const satisfies Record<string, 'decimal' | 'text' | 'time'>

export type ExportColumn = keyof typeof exportColumns

/** One line of an export. Null is an empty field; decimals and times are text already. */
export type FocusRecord = Record<ExportColumn, string | null>

export const chargeCategories = ['Usage', 'Purchase', 'Tax', 'Credit', 'Adjustment'] as const
export type ChargeCategory = (typeof chargeCategories)[number]

/** How a key is called as a resource: what we export, and what we know again on import. */
export const keyResource = 'API Key'
