import { createHash } from 'node:crypto'
import { fail } from '../../shared/failures.ts'
import { err, ok } from '../../shared/result.ts'
import type { Hearing, Routing, SavedRouting } from '../../shared/routing.ts'
import { parseScope } from '../../shared/scope.ts'
import { iso, minuteMs } from '../../shared/time.ts'
import { quietUntil } from '../alerts/announce.ts'
import { placesOf } from '../alerts/places.ts'
import { cellOf, exceptionFor } from '../alerts/routing.ts'
import type { Owners } from '../ledger/owners.ts'
import type { ChannelRow } from '../storage/channels.ts'
import type { PeopleTable, RoutingTable } from '../storage/routing.ts'
import { unknownChannel } from './channels.ts'
import type { Handlers } from './handlers.ts'
import { i18n, listInWords } from '../../shared/words.ts'

/** Another one for each routing there may be. */
function revisionOf(routing: Routing): string {
  return createHash('sha256').update(JSON.stringify(routing)).digest('base64url').slice(0, 16)
}

export function routingCalls(parts: {
  routing: RoutingTable
  people: PeopleTable
  channels(): readonly ChannelRow[]
  traits(channel: ChannelRow): { isHere: boolean; isCostly: boolean }
  owners: Owners
  now(): number
  zone(): string
  transaction<T>(act: () => T): T
  onChange(): void
}): Pick<
  Handlers,
  'routing:get' | 'routing:set' | 'routing:preview' | 'people:list' | 'people:save' | 'people:remove'
> {
  /** Channels that were removed leave nothing behind. */
  const current = (): SavedRouting => {
    const { matrix, exceptions, ...rest } = parts.routing.read()
    const ids = new Set(parts.channels().map(({ id }) => id))
    const known = (one: Routing['matrix']) => Object.fromEntries(Object.entries(one).filter(([id]) => ids.has(id)))
    return {
      ...rest,
      revision: revisionOf(parts.routing.read()),
      matrix: known(matrix),
      exceptions: exceptions.map((exception) => ({ ...exception, matrix: known(exception.matrix) })),
    }
  }

  function unknownIn({ matrix, exceptions }: Routing): string | null {
    const ids = new Set(parts.channels().map(({ id }) => id))
    const named = [matrix, ...exceptions.map((one) => one.matrix)].flatMap((one) => Object.keys(one))
    return named.find((id) => !ids.has(id)) ?? null
  }

  return {
    'routing:get': () => ok(current()),
    'routing:set': ({ revision, ...next }) => {
      if (revision !== undefined && revision !== revisionOf(parts.routing.read()))
        return err(
          fail(
            'changed-meanwhile',
            i18n.t(
              'Somebody else changed the routes meanwhile, so nothing was saved. Look at them as they are now, and make your change again.',
            ),
          ),
        )
      const unknown = unknownIn(next)
      if (unknown !== null) return err(unknownChannel(unknown))
      parts.routing.save(next)
      parts.onChange()
      return ok(current())
    },
    'routing:preview': ({ severity, scope, at, routing }) => {
      const firedAtMs = at === null ? parts.now() : Date.parse(at)
      const zone = parts.zone()
      const chosen = routing ?? current()
      const places = placesOf({ scope, contributors: [] }, parts.owners).scopes
      const exception = exceptionFor(chosen, { severity, places, firedAtMs }, zone)
      const people = parts.people.all()
      const hearings = parts.channels().map((channel): Hearing => {
        const { isHere, isCostly } = parts.traits(channel)
        const cell = cellOf(chosen, exception, channel.id, isCostly, severity)
        const turnMs = typeof cell === 'number' ? firedAtMs + cell * minuteMs : null
        const quietMs = turnMs === null ? null : quietUntil(channel, people, severity, turnMs, zone)
        return {
          channelId: channel.id,
          channel: channel.label,
          person: channel.person,
          at: turnMs === null ? null : iso(quietMs ?? turnMs),
          cell,
          isHeld: quietMs !== null,
          isAbsent: !isHere || channel.gone,
        }
      })
      const order = ({ at: told }: Hearing) => (told === null ? Infinity : Date.parse(told))
      return ok({
        exception: exception?.id ?? null,
        isKnownScope: isKnown(scope),
        hearings: hearings.sort((a, b) => (order(a) === order(b) ? 0 : order(a) - order(b))),
      })
    },
    'people:list': () => ok(parts.people.all()),
    'people:save': ({ was = null, ...person }) => {
      const isRenamed = was !== null && was !== person.name
      if (isRenamed) {
        const names = new Set(parts.people.all().map(({ name }) => name))
        if (!names.has(was)) return err(fail('not-found', i18n.t('There is nobody called {name}.', { name: was })))
        if (names.has(person.name))
          return err(fail('invalid-input', i18n.t('Somebody is called {name} already.', { name: person.name })))
      }
      parts.transaction(() => {
        if (isRenamed) parts.people.rename(was, person.name)
        parts.people.save(person)
      })
      parts.onChange()
      return ok(person)
    },
    'people:remove': ({ name }) => {
      const reached = parts.channels().filter((channel) => channel.person === name)
      if (reached.length > 0)
        return err(
          fail(
            'invalid-input',
            i18n.t('{reached} still reaches {name}. Change that first.', {
              reached: listInWords(reached.map(({ label }) => label)),
              name,
            }),
          ),
        )
      if (!parts.people.remove(name)) return err(fail('not-found', i18n.t('There is nobody called {name}.', { name })))
      parts.onChange()
      return ok({})
    },
  }

  /** Names of projects, models and keys may be yet to come; accounts are here or are not. */
  function isKnown(text: string): boolean {
    const scope = parseScope(text)
    if (scope?.kind === 'account') return parts.owners.account(scope.name) !== undefined
    if (scope?.kind === 'workspace') return parts.owners.all().some(({ workspace }) => workspace === scope.name)
    return scope !== null
  }
}
