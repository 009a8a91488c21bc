import { person, type Person } from '../../shared/people.ts'
import { plainRouting, routing, type Routing } from '../../shared/routing.ts'
import type { Db } from './database.ts'

export type RoutingTable = ReturnType<typeof createRoutingTable>

/** Who hears what, as a person set it; what nobody set is plain. */
export function createRoutingTable(db: Db) {
  const read = db.prepare('SELECT routing FROM routing').pluck()
  const save = db.prepare('INSERT INTO routing VALUES (1, ?) ON CONFLICT (id) DO UPDATE SET routing = excluded.routing')
  // Every look at open alerts asks for it.
  let known: Routing | null = null
  return {
    read(): Routing {
      const text = known ? null : (read.get() as string | undefined)
      return (known ??= text ? routing.parse(JSON.parse(text)) : plainRouting)
    },
    save(next: Routing): void {
      known = null
      save.run(JSON.stringify(next))
    },
    /** A transaction was rolled back: what was noted of it is wrong. */
    forget(): void {
      known = null
    },
  }
}

export type PeopleTable = ReturnType<typeof createPeopleTable>

export function createPeopleTable(db: Db) {
  const all = db.prepare('SELECT person FROM people ORDER BY name').pluck()
  const save = db.prepare('INSERT INTO people VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET person = excluded.person')
  const remove = db.prepare('DELETE FROM people WHERE name = ?')
  const rename = db.prepare('UPDATE people SET name = @name WHERE name = @was')
  const renameOnChannels = db.prepare('UPDATE channels SET person = @name WHERE person = @was')
  return {
    all: (): Person[] => (all.all() as string[]).map((text) => person.parse(JSON.parse(text))),
    save: (one: Person) => void save.run(one.name, JSON.stringify(one)),
    /** Channels that reach them follow. To be followed by `save`, in the same transaction. */
    rename: (was: string, name: string): void => {
      rename.run({ was, name })
      renameOnChannels.run({ was, name })
    },
    remove: (name: string): boolean => remove.run(name).changes > 0,
  }
}
