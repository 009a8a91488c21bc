import type Database from 'better-sqlite3'
import type { AgentId } from '../agent-logs/sighting.ts'

export type AgentTexts = ReturnType<typeof openAgentTexts>

/** Names that come again and again are stored once. */
export function openAgentTexts(db: Database.Database) {
  const ids = new Map<string, number>()
  const known: string[] = []
  const insert = db.prepare('INSERT INTO texts (id, text) VALUES (?, ?)')
  const load = db.prepare('SELECT id, text FROM texts').raw()
  const one = db.prepare<[number], string>('SELECT text FROM texts WHERE id = ?').pluck()
  let isLoaded = false
  const remember = (id: number, text: string) => {
    ids.set(text, id)
    known[id] = text
  }
  const all = () => {
    if (!isLoaded) for (const [id, text] of load.all() as [number, string][]) remember(id, text)
    isLoaded = true
  }
  /** Of thousands, sums by day name a few. */
  const text = (id: number): string => (known[id] ??= one.get(id) ?? '')
  return {
    id(text: string): number {
      all()
      const id = ids.get(text) ?? known.length
      if (id === known.length) {
        insert.run(id, text)
        remember(id, text)
      }
      return id
    },
    /** What was added since was not kept. */
    forget(): void {
      ids.clear()
      known.length = 0
      isLoaded = false
    },
    text,
    /** What calls are told apart by, as it is kept. */
    names: (agent: number, project: number, model: number, mode: number) => ({
      agent: text(agent) as AgentId,
      project: text(project),
      model: text(model) || null,
      mode: text(mode),
    }),
  }
}
