import { chargeCategories, type ChargeCategory } from './columns.ts'

/** What a stored line item says of a charge. */
export interface LineItem {
  category: ChargeCategory
  correction: boolean
  /** Null where the text does not name one. */
  service: string | null
  description: string | null
}

const correctionMark = 'Correction: '
const between = ' / '

/**
 * A charge as one line item: `OpenAI API / gpt-5, output`, `Tax: OpenAI API`, `Correction: Credit: OpenAI API / goodwill`.
 * What is not usage says so, so that credits and taxes stay visible in every breakdown.
 */
export function joinLineItem({ category, correction, service, description }: LineItem): string {
  const mark = category === 'Usage' ? '' : `${category}: `
  const name = [service, description === service ? null : description].filter((part) => part !== null).join(between)
  return `${correction ? correctionMark : ''}${mark}${name}`
}

/** The way back, for an export. `imported`: only we write the name of a service before a slash. */
export function splitLineItem(text: string | null, imported: boolean): LineItem {
  if (text === null) return { category: 'Usage', correction: false, service: null, description: null }
  const correction = text.startsWith(correctionMark)
  const marked = correction ? text.slice(correctionMark.length) : text
  const category = chargeCategories.find((one) => marked.startsWith(`${one}: `)) ?? 'Usage'
  const name = category === 'Usage' ? marked : marked.slice(category.length + 2)
  const cut = imported ? name.indexOf(between) : -1
  return cut < 0
    ? { category, correction, service: null, description: name || null }
    : { category, correction, service: name.slice(0, cut), description: name.slice(cut + between.length) }
}
