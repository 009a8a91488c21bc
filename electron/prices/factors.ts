import type { Ratio } from './rate.ts'
import { ordinaryRegions, type Meter, type UsageContext } from './usage.ts'

/** What a tier, region or speed makes of a list price, and whether the provider publishes that or we fear it. */
export interface Factor {
  ratio: Ratio
  known: boolean
}

/** Factors are for tokens: a search costs the same in a batch, in the US and in fast mode. */
const tokenMeters: ReadonlySet<Meter> = new Set<Meter>([
  'input',
  'cached-input',
  'cache-write',
  'cache-write-1h',
  'output',
  'audio-input',
  'cached-audio-input',
  'audio-output',
  'image-input',
  'cached-image-input',
  'image-output',
])

export function isTokens(meter: Meter): boolean {
  return tokenMeters.has(meter)
}

/**
 * OpenAI's priority processing, since July 2026 "fast mode", over the standard price; the same ratio for input, cached
 * input and output of a model. openai.com/api-fast-mode, openai.com/api-priority-processing, model pages; 2026-11-23.
 */
const openaiPriority: Record<string, Ratio> = {
  'gpt-6.1-sol': [2n, 1n],
  'gpt-6.1-terra': [2n, 1n],
  'gpt-6-astra': [2n, 1n],
  'gpt-6-sol': [2n, 1n],
  'gpt-6-luna': [2n, 1n],
  'gpt-5.6-sol': [2n, 1n],
  'gpt-5.6-terra': [2n, 1n],
  'gpt-5.6-luna': [2n, 1n],
  'gpt-5.5': [5n, 2n],
  'gpt-5.4': [2n, 1n],
  'gpt-5.4-mini': [2n, 1n],
  'gpt-5.3-codex': [2n, 1n],
  'gpt-5.2': [2n, 1n],
  'gpt-5.1': [2n, 1n],
  'gpt-5': [2n, 1n],
  'gpt-5-mini': [9n, 5n],
  'gpt-4.1': [7n, 4n],
  'gpt-4.1-mini': [7n, 4n],
  'gpt-4.1-nano': [2n, 1n],
  'gpt-4o': [17n, 10n],
  'gpt-4o-2024-05-13': [7n, 4n],
  'gpt-4o-mini': [5n, 3n],
  o3: [7n, 4n],
  'o4-mini': [20n, 11n],
}

/** Anthropic's fast mode. platform.claude.com/docs/en/build-with-claude/fast-mode and model pages; 2026-11-23. */
const anthropicFast: Record<string, Ratio> = {
  'claude-opus-4-6': [6n, 1n],
  'claude-opus-4-7': [6n, 1n],
  'claude-opus-4-8': [2n, 1n],
  'claude-opus-5': [2n, 1n],
  'claude-opus-5-5': [2n, 1n],
  'claude-fable-5-2': [2n, 1n],
  'claude-mythos-5-2': [2n, 1n],
}

const one: Ratio = [1n, 1n]
/** The highest published ratio for a priority tier of any model. */
const dearestPriority: Ratio = [5n, 2n]
/** The highest published ratio of any variant: Opus 4.6 in fast mode, GPT-6.1 Sol "ultrafast". */
const dearestVariant: Ratio = [6n, 1n]

/** `listedId` is the id under which the model's price was found, null for none. */
export function factorOf(context: UsageContext, listedId: string | null, meter: Meter): Factor {
  if (!isTokens(meter)) return { ratio: one, known: true }
  const parts = [tierFactor(context, listedId), regionFactor(context), speedFactor(context, listedId)]
  return {
    ratio: parts.reduce<Ratio>(([n, d], { ratio }) => [n * ratio[0], d * ratio[1]], one),
    known: parts.every((part) => part.known),
  }
}

function tierFactor({ provider, tier }: UsageContext, listedId: string | null): Factor {
  switch (tier) {
    case 'standard':
    case 'prepaid':
      return { ratio: one, known: true }
    case 'batch':
      return { ratio: [1n, 2n], known: provider === 'openai' || provider === 'anthropic' }
    case 'flex':
      // Half at OpenAI. Anthropic names a flex tier in its reports and publishes no price for it.
      return provider === 'openai' ? { ratio: [1n, 2n], known: true } : { ratio: one, known: false }
    case 'priority': {
      const ratio = provider === 'openai' && listedId !== null ? openaiPriority[listedId] : undefined
      return ratio ? { ratio, known: true } : { ratio: dearestPriority, known: false }
    }
    case 'unknown':
      return { ratio: dearestVariant, known: false }
    default:
      return tier satisfies never
  }
}

/**
 * Inference kept in the US costs a tenth more at Anthropic, on every kind of token; another region will hardly cost
 * less. Older models report none.
 */
function regionFactor({ provider, region }: UsageContext): Factor {
  if (provider !== 'anthropic' || region === null || ordinaryRegions.has(region)) return { ratio: one, known: true }
  return { ratio: [11n, 10n], known: region === 'us' }
}

function speedFactor({ provider, speed }: UsageContext, listedId: string | null): Factor {
  if (speed !== 'fast') return { ratio: one, known: speed === null || speed === 'standard' }
  const ratio = provider === 'anthropic' && listedId !== null ? anthropicFast[listedId] : undefined
  return ratio ? { ratio, known: true } : { ratio: dearestVariant, known: false }
}
