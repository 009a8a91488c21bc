import type Database from 'better-sqlite3'
import { dayMs } from '../../shared/time.ts'
import { countNames, countsOf, createSums, type AgentUsage, type Over, type UsedCall } from './agent-sums.ts'
import type { AgentTexts } from './agent-texts.ts'

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
  let changes = createSums(dayMs)

  function saveAll(rows: Iterable<AgentUsage>): void {
    for (const { startMs, agent, project, model, mode, over, calls, ...counts } of rows) {
      const names = [agent, project, model ?? '', mode].map(texts.id)
      save.run(startMs, ...names, over, ...countNames.map((name) => counts[name]), calls)
    }
  }

  return {
    isEmpty: () => any.get() === undefined,
    fill: saveAll,
    add: (one: UsedCall) => changes.add(one),
    subtract: (one: UsedCall) => changes.add(one, -1),
    /** Writes what was added and subtracted. */
    finish(): void {
      saveAll(changes.all())
      clean.run()
      changes = createSums(dayMs)
    },
    forget: () => void (changes = createSums(dayMs)),
    /** By buckets of whole days, oldest first. */
    usage(fromMs: number, toMs: number, width: number): AgentUsage[] {
      const rows = load.all({ fromMs, toMs, width }) as number[][]
      return rows.map(([startMs = 0, agent = 0, project = 0, model = 0, mode = 0, over, ...counts]) => ({
        startMs,
        ...texts.names(agent, project, model, mode),
        over: over as Over,
        ...countsOf(counts),
        calls: counts[countNames.length] ?? 0,
      }))
    },
  }
}
