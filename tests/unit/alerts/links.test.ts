import { beforeEach, describe, expect, it } from 'vitest'
import { createLinks, linkLifeMs } from '../../../electron/alerts/links.ts'
import { createMessageLinks } from '../../../electron/alerts/message-links.ts'
import { createLogger } from '../../../electron/logging/logger.ts'
import { createMemorySecrets } from '../../../electron/secrets/memory.ts'
import type { SecretStore } from '../../../electron/secrets/secret-store.ts'
import type { AlertRow } from '../../../electron/storage/alerts.ts'
import { addLocalChannels, createChannelsTable, type ChannelRow } from '../../../electron/storage/channels.ts'
import { openMemoryDatabase, type Db } from '../../../electron/storage/database.ts'
import { createDeliveriesTable } from '../../../electron/storage/deliveries.ts'
import { createMessageLinksTable } from '../../../electron/storage/message-links.ts'
import { createLinksTable } from '../../../electron/storage/links.ts'
import type { Alert } from '../../../shared/alerts.ts'
import { fail } from '../../../shared/failures.ts'
import { err, ok } from '../../../shared/result.ts'
import { minuteMs } from '../../../shared/time.ts'
import { createFakeClock } from '../../fakes/clock.ts'

const startMs = Date.UTC(2026, 10, 18)

describe('links in messages', () => {
  let db: Db
  let clock: ReturnType<typeof createFakeClock>
  let secrets: SecretStore
  let channels: ReturnType<typeof createChannelsTable>
  let table: ReturnType<typeof createLinksTable>
  let lines: string[]
  let publicUrl: string | null
  let alert: Pick<AlertRow, 'id' | 'state' | 'openedAtMs' | 'firedAtMs'>

  beforeEach(() => {
    db = openMemoryDatabase()
    clock = createFakeClock(startMs)
    secrets = createMemorySecrets()
    channels = createChannelsTable(db)
    table = createLinksTable(db)
    lines = []
    publicUrl = 'https://guard.example.com/'
    alert = { id: 'a', state: 'firing', openedAtMs: startMs, firedAtMs: startMs }
    addLocalChannels(channels, startMs)
    for (const id of ['ops', 'boss'])
      channels.insert({
        id,
        kind: 'discord',
        label: id,
        baseUrl: null,
        options: {},
        secretName: id,
        person: null,
        createdAtMs: startMs,
      })
  })

  const make = () =>
    createLinks({
      table,
      messages: createMessageLinks({
        table: createMessageLinksTable(db),
        deliveries: createDeliveriesTable(db),
        book: { row: () => null, get: () => null },
      }),
      book: { row: () => alert as AlertRow, get: () => alert as unknown as Alert },
      channels,
      people: () => [],
      publicUrl: () => publicUrl,
      zone: () => 'UTC',
      change: () => err(fail('internal', 'Not in this test.')),
      system: { clock, secrets, log: createLogger((line) => lines.push(line), clock.now) },
      secretName: () => 'links',
    })
  const channel = (id: string) => channels.get(id) as ChannelRow
  const urlOf = (links: ReturnType<typeof make>, id = 'ops') => links.actions('a', channel(id))[0]?.url ?? null
  const tokenOf = (url: string | null) => url?.split('/').at(-1) ?? ''

  it('are short, one for each channel and firing, and the same at each attempt and after a restart', async () => {
    const links = make()
    await links.serve()
    const url = urlOf(links)
    expect(url).toMatch(/^https:\/\/guard\.example\.com\/a\/[\w-]{36}$/)
    expect(links.actions('a', channel('ops'))).toEqual([{ label: 'Acknowledge or snooze', url }])
    expect(urlOf(links, 'boss')).not.toBe(url)
    const again = make()
    await again.serve()
    expect(urlOf(again)).toBe(url)
    alert.firedAtMs = startMs + minuteMs
    expect(urlOf(again)).not.toBe(url)
  })

  it('are not made for channels of this computer, for what is over, or where nobody serves', async () => {
    const links = make()
    expect(urlOf(links)).toBeNull()
    const desk = await links.serve()
    expect(urlOf(links, 'desktop')).toBeNull()
    publicUrl = null
    expect(urlOf(links)).toBeNull()
    expect(desk.publicUrl()).toBeNull()
    publicUrl = 'https://guard.example.com'
    alert.state = 'resolved'
    expect(urlOf(links)).toBeNull()
  })

  it('make no key before somebody wants links', async () => {
    publicUrl = null
    const links = make()
    await links.serve()
    expect(await secrets.get('links')).toEqual(ok(null))
    publicUrl = 'https://guard.example.com'
    await links.prepare()
    expect(urlOf(links)).not.toBeNull()
  })

  it('are not there where the key cannot be kept, which is logged once; later they are', async () => {
    const kept = secrets
    secrets = { ...kept, set: async () => err(fail('keychain-locked', 'The keychain is locked.')) }
    const links = make()
    const desk = await links.serve()
    for (let n = 0; n < 3; n++) {
      expect(urlOf(links)).toBeNull()
      await links.prepare()
    }
    expect(desk.publicUrl()).toBeNull()
    expect(lines).toHaveLength(1)
    expect(lines[0]).toContain('keychain-locked')
    secrets.set = kept.set
    await links.prepare()
    expect(urlOf(links)).not.toBeNull()
  })

  it('are of no use to whoever has the database but not the key', async () => {
    const links = make()
    const desk = await links.serve()
    const token = tokenOf(urlOf(links))
    expect(desk.look(token).state).toBe('open')
    await secrets.delete('links')
    const other = make()
    const otherDesk = await other.serve()
    expect(otherDesk.look(token)).toEqual({ state: 'unknown' })
    expect(tokenOf(urlOf(other)).slice(0, 12)).toBe(token.slice(0, 12))
  })

  it('end when their channel is removed, and with time', async () => {
    const links = make()
    const desk = await links.serve()
    const token = tokenOf(urlOf(links))
    clock.leap(linkLifeMs - 1)
    expect(desk.look(token).state).toBe('open')
    clock.leap(1)
    expect(desk.look(token)).toEqual({ state: 'expired' })
    expect(urlOf(links)).toBeNull()
    clock.leap(-linkLifeMs)
    channels.remove('ops')
    expect(desk.look(token)).toEqual({ state: 'unknown' })
  })

  it('do not outlive a row that was changed by hand', async () => {
    const links = make()
    const desk = await links.serve()
    const token = tokenOf(urlOf(links))
    const row = table.get(token.slice(0, 12))
    table.forgetBefore(Infinity)
    if (row) table.insert({ ...row, madeAtMs: row.madeAtMs + 1 })
    expect(desk.look(token)).toEqual({ state: 'unknown' })
  })
})
