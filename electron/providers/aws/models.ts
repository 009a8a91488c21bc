import type { PriceBook } from '../../prices/price-book.ts'

/** A model as CloudWatch names it, and as the price list does. */
export interface BedrockModel {
  model: string
  priced: string
  /** Bought by the hour: its tokens cost nothing by themselves. */
  provisioned: boolean
}

/** Where a request may be served: `us.`, `eu.`, `apac.`, ... in front of the model's own id. */
const profile = /^(?!global\.)[a-z]{2,4}(?:-[a-z]+)?\.(?=[a-z0-9]+\.)/

/**
 * Ids come bare (`anthropic.claude-…-v1:0`), with a cross-region profile in front (`us.`, `global.`), or as the ARN of
 * either. The list is asked for the id as it is, then without the profile, which costs the same where it has no price of
 * its own. A profile that somebody made (`application-inference-profile/abc`) does not tell its model: it is unpriced.
 */
export function modelOf(prices: PriceBook, id: string): BedrockModel {
  const model = id.slice(id.lastIndexOf('/') + 1)
  const names = [model, model.replace(profile, '')]
  return {
    model,
    priced: names.find((name) => prices.knows('aws', name)) ?? model,
    provisioned: id.includes(':provisioned-model/'),
  }
}
