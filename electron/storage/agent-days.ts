import type Database from 'better-sqlite3'
import { noCounts, type AgentId, type Counts, type Sighting } from '../agent-logs/sighting.ts'
import { dayMs } from '../../shared/time.ts'
import type { AgentTexts } from './agent-texts.ts'

/** What one agent used in one project, of one model in one mode, in one bucket of time. */
export interface AgentUsage extends Counts {
  startMs: number
  agent: AgentId
  project: string
  model: string | null
  mode: string
  /** The input of each call was longer than this, in thousands of tokens: vendors charge such a call at other prices. */
  over: Over
  calls: number
}

type Over = 0 | 200 | 272

export function overOf(inputTokens: number): Over {
  return inputTokens > 272_000 ? 272 : inputTokens > 200_000 ? 200 : 0
}

export const countNames = [
  'input',
  'cachedInput',
  'cacheWrite',
  'cacheWrite1h',
  'output',
  'reasoning',
  'webSearches',
] as const satisfies (keyof Counts)[]

export const daysTable = `
CREATE TABLE IF NOT EXISTS days (
  start_ms INTEGER, agent INTEGER, project INTEGER, model INTEGER, mode INTEGER, over INTEGER,
  input INTEGER, cached_input INTEGER, cache_write INTEGER, cache_write_1h INTEGER, output INTEGER, reasoning INTEGER,
  web_searches INTEGER, calls INTEGER,
  PRIMARY KEY (start_ms, agent, project, model, mode, over)
) WITHOUT ROWID;
`
const columns = [
  'input',
  'cached_input',
  'cache_write',
  'cache_write_1h',
  'output',
  'reasoning',
  'web_searches',
  'calls',
] as const

type Named = Pick<AgentUsage, 'startMs' | 'agent' | 'project' | 'model' | 'mode' | 'over'>

/** What counts of the calls of coding agents, by day (UTC): nobody has to add up years of calls to see them. */
export function openAgentDays(db: Database.Database, texts: AgentTexts) {
  const save = db.prepare(
    `INSERT INTO days VALUES (?, ?, ?, ?, ?, ?, ${columns.map(() => '?').join(', ')})
     ON CONFLICT DO UPDATE SET ${columns.map((name) => `${name} = ${name} + excluded.${name}`).join(', ')}`,
  )
  const clean = db.prepare('DELETE FROM days WHERE calls = 0')
  const load = db
    .prepare(
      `SELECT start_ms - start_ms % :width, agent, project, model, mode, over, ${columns.map((name) => `sum(${name})`).join(', ')}
       FROM days WHERE start_ms >= :fromMs AND start_ms < :toMs GROUP BY 1, 2, 3, 4, 5, 6 ORDER BY 1`,
    )
    .raw()
  const any = db.prepare('SELECT 1 FROM days LIMIT 1')
  let changes = new Map<string, AgentUsage>()
  let latest: AgentUsage | null = null

  function changeOf(named: Named): AgentUsage {
    if (latest && isSame(latest, named)) return latest
    const { startMs, agent, project, model, mode, over } = named
    const key = JSON.stringify([startMs, agent, project, model, mode, over])
    latest = changes.get(key) ?? { startMs, agent, project, model, mode, over, ...noCounts, calls: 0 }
    changes.set(key, latest)
    return latest
  }

  function count(one: Sighting, sign: 1 | -1): void {
    const over = overOf(one.input + one.cachedInput + one.cacheWrite + one.cacheWrite1h)
    const startMs = Math.floor(one.atMs / dayMs) * dayMs
    const { agent, project, model, mode } = one
    const change = changeOf({ startMs, agent, project, model, mode, over })
    for (const name of countNames) change[name] += sign * one[name]
    change.calls += sign
  }

  function forget(): void {
    changes = new Map()
    latest = null
  }

  function saveAll(rows: Iterable<AgentUsage>): void {
    for (const { startMs, agent, project, model, mode, over, calls, ...counts } of rows) {
      const names = [agent, project, model ?? '', mode].map(texts.id)
      save.run(startMs, ...names, over, ...countNames.map((name) => counts[name]), calls)
    }
  }

  return {
    isEmpty: () => any.get() === undefined,
    fill: saveAll,
    add: (one: Sighting) => count(one, 1),
    subtract: (one: Sighting) => count(one, -1),
    /** Writes what was added and subtracted. */
    finish(): void {
      saveAll(changes.values())
      clean.run()
      forget()
    },
    forget,
    /** By buckets of whole days, oldest first. */
    usage(fromMs: number, toMs: number, width: number): AgentUsage[] {
      const rows = load.all({ fromMs, toMs, width }) as number[][]
      return rows.map(([startMs = 0, agent = 0, project = 0, model = 0, mode = 0, over, ...counts]) => ({
        startMs,
        agent: texts.text(agent) as AgentId,
        project: texts.text(project),
        model: texts.text(model) || null,
        mode: texts.text(mode),
        over: over as Over,
        ...countsOf(counts),
        calls: counts[countNames.length] ?? 0,
      }))
    },
  }
}

function isSame(a: Named, b: Named): boolean {
  return (
    a.startMs === b.startMs &&
    a.over === b.over &&
    a.model === b.model &&
    a.project === b.project &&
    a.mode === b.mode &&
    a.agent === b.agent
  )
}

/** In the order of the names. */
export function countsOf(counts: readonly number[]): Counts {
  return Object.fromEntries(countNames.map((name, index) => [name, counts[index] ?? 0])) as unknown as Counts
}
