import { listedModels, listedRate } from './data-set.ts'
import { asCeiling, highest, rateOf, type Rate } from './rate.ts'
import { lastResort } from './supplement.ts'
import type { Meter } from './usage.ts'

/**
 * Models that are no measure for a new one: retired, or priced before prices fell (GPT-4 32k at $60, o1-pro at $150,
 * Opus 4.1 at $15 per million). With them every new small model would look like a disaster on its first day.
 */
const legacy: Record<string, RegExp> = {
  openai: /^(ft:|ada|babbage|curie|davinci|text-davinci|gpt-3|gpt-4$|gpt-4-|gpt-4\.5|gpt-4o:|chatgpt-4o|o1)/,
  anthropic: /^claude-(2|v\d|3-|opus-4-[01]$)/,
  aws: /claude-(3-|opus-4-(1-)?2025)|llama3-\d+b-|mistral-large-2402|amazon\.titan-text/,
  // What Google sells of Anthropic has Anthropic's prices, and is looked up there.
  google: /^(claude-|gemini-(1|2\.0|pro|flash-1)|gemma)/,
}

/** Kinds of models with a price level of their own, which ids tell: an unknown "pro" is priced by the known ones. */
const kinds: readonly RegExp[] = [
  /embed/,
  /transcribe|whisper/,
  /tts/,
  /image|dall-e/,
  /audio|realtime/,
  /deep-research/,
  /(^|-)pro($|-)/,
]

/**
 * What to charge when no price is known: the highest rate of the meter among the provider's current models, of the same
 * kind where the id names one. Never zero, never below what a known model of that kind costs.
 */
export function ceilingRate(provider: string, model: string | null, meter: Meter, longContext: boolean): Rate {
  const current = listedModels(provider).filter(({ id }) => !legacy[provider]?.test(id))
  const kind = kindOf(model ?? '')
  const rates = (same: (id: string) => boolean) =>
    highest(
      current.flatMap(({ id, prices }) => {
        const rate = same(id) ? listedRate(prices, meter, longContext) : null
        return rate ? [rate] : []
      }),
    )
  const { usd, per } = lastResort[meter]
  return rates((id) => kindOf(id) === kind) ?? rates(() => true) ?? asCeiling(rateOf(usd, per))
}

function kindOf(id: string): number {
  return kinds.findIndex((kind) => kind.test(id))
}
