import { lookUp } from '../../../shared/look-up.ts'
import { dayMs, floorTo } from '../../../shared/time.ts'
import { claudeFolderOf } from '../../agent-logs/claude.ts'
import { agents, type AgentId } from '../../agent-logs/sighting.ts'
import type { PriceBook } from '../../prices/price-book.ts'
import { ordinaryRegions, type UsageContext } from '../../prices/usage.ts'
import type { AgentUsage } from '../../storage/agent-sums.ts'
import { widths, type CostBucket, type CostLine, type ReadWindow } from '../adapter.ts'
import { pricedLines } from '../priced-lines.ts'

/** All buckets of the window that anything can be known of, those without calls as well: a call may have moved. */
export function* bucketsOf(
  rows: readonly AgentUsage[],
  { fromMs, toMs, width }: Pick<ReadWindow, 'fromMs' | 'toMs' | 'width'>,
  sinceMs: number,
  prices: PriceBook,
): Generator<CostBucket> {
  const lines = Map.groupBy(rows, ({ startMs }) => startMs)
  for (let startMs = Math.max(fromMs, floorTo(sinceMs, dayMs)); startMs < toMs; startMs += widths[width]) {
    const used = lines.get(startMs) ?? []
    yield { startMs, width, lines: together(used.flatMap((row) => linesOf(row, widths[width], prices))) }
  }
}

function linesOf(row: AgentUsage, durationMs: number, prices: PriceBook): CostLine[] {
  const context = contextOf(row, durationMs)
  const dimensions = { project: projectOf(row), apiKey: agents[row.agent], tier: tierText(context) }
  return pricedLines(prices, context, dimensions, {
    input: row.input,
    'cached-input': row.cachedInput,
    'cache-write': row.cacheWrite,
    'cache-write-1h': row.cacheWrite1h,
    output: row.output,
    'web-search': row.webSearches,
  })
}

function contextOf({ agent, model: named, mode, over, startMs }: AgentUsage, durationMs: number): UsageContext {
  const model = named && named.replace(routed, '')
  const [tier = '', speed = '', region = ''] = mode.split('/')
  const provider = vendorOf(agent, model)
  return {
    provider,
    model,
    tier: tier === '' ? 'standard' : (lookUp(tiers[agent], tier) ?? 'unknown'),
    longContext: over >= (provider === 'openai' ? 272 : 200),
    region: region || null,
    speed: speed || null,
    atMs: startMs,
    durationMs,
  }
}

/** Gateways put the vendor in front: `anthropic/claude-sonnet-4.5`. */
const routed = /^(?:[\w.-]+\/)+(?=[^/]+$)/

/** For agents of any vendor's models. Of Qwen no price is known. */
const makers: readonly (readonly [names: RegExp, vendor: string])[] = [
  [/^gemini-/, 'google'],
  [/^grok-/, 'x-ai'],
  [/^deepseek-/, 'deepseek'],
  [/^kimi-/, 'moonshotai'],
  [/^(mistral|codestral|devstral)-/, 'mistral'],
]

/** Agents can be pointed at other vendors; one that is not told by the name is priced by the agent's own ceiling. */
function vendorOf(agent: AgentId, model: string | null): string {
  if (/claude/.test(model ?? '')) return 'anthropic'
  if (/^(gpt|chatgpt|codex|o\d)/.test(model ?? '')) return 'openai'
  if (agent === 'claude') return 'anthropic'
  if (agent === 'codex') return 'openai'
  return makers.find(([names]) => names.test(model ?? ''))?.[1] ?? (agent === 'gemini' ? 'google' : '')
}

/** By the names that the vendors' answers and Codex's settings have for them. */
const tiers: Record<AgentId, Record<string, UsageContext['tier']>> = {
  // `priority` is capacity bought ahead.
  claude: { standard: 'standard', batch: 'batch', priority: 'prepaid', priority_on_demand: 'priority' },
  codex: {
    auto: 'standard',
    default: 'standard',
    standard: 'standard',
    flex: 'flex',
    batch: 'batch',
    fast: 'priority',
    priority: 'priority',
  },
  gemini: {},
  qwen: {},
  opencode: {},
  kilo: {},
  goose: {},
  copilot: {},
  pi: {},
}

/** What sets the price apart from the ordinary; null for an ordinary call. */
function tierText({ tier, longContext, region, speed }: UsageContext): string | null {
  const parts = [
    tier === 'standard' ? null : tier,
    longContext ? 'long context' : null,
    region === null || ordinaryRegions.has(region) ? null : region,
    speed === null || speed === 'standard' ? null : speed,
  ].filter((part) => part !== null)
  return parts.length === 0 ? null : parts.join(', ')
}

/** All agents by the same name: what Claude Code makes of a folder is all that is left of some. */
function projectOf({ agent, project }: AgentUsage): string | null {
  return (agent === 'claude' ? project : claudeFolderOf(project)) || null
}

/** Calls that the logs tell apart and the ledger does not, such as two sizes of input at one price, as one line. */
function together(lines: readonly CostLine[]): CostLine[] {
  const merged = new Map<string, CostLine>()
  for (const line of lines) {
    const { model, project, apiKey, lineItem, tier, pricing } = line
    const key = JSON.stringify([model, project, apiKey, lineItem, tier, pricing])
    const known = merged.get(key)
    if (!known) merged.set(key, line)
    else {
      known.costNanos += line.costNanos
      known.quantity = (known.quantity ?? 0) + (line.quantity ?? 0)
    }
  }
  return [...merged.values()]
}
