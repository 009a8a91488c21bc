import { describe, expect, it } from 'vitest'
import { notifyOfRemoteAlerts } from '../../../electron/shell/remote-alerts.ts'
import type { DesktopNote } from '../../../electron/system.ts'
import type { Alert } from '../../../shared/alerts.ts'
import { ok } from '../../../shared/result.ts'
import { createFakeGuard } from '../../fakes/guard-client.ts'
import { storyAlerts } from '../../fakes/guard-story.ts'

describe('a guard on another machine', () => {
  const [leak, other] = storyAlerts(Date.UTC(2026, 10, 18, 15)) as [Alert, Alert]

  it('is heard here: each alert once, and again when it fires again', async () => {
    const guard = createFakeGuard('empty')
    let firing: Alert[] = [other]
    const call = ((name: string) => Promise.resolve(name === 'alerts:list' ? ok(firing) : ok([]))) as typeof guard.call
    const notes: DesktopNote[] = []
    const desktop = { notify: async (note: DesktopNote) => void notes.push(note), signal: async () => undefined }
    const stop = notifyOfRemoteAlerts({ on: guard.on, call }, desktop)
    const told = async (alerts: Alert[]) => {
      firing = alerts
      guard.push('changed', { what: ['alerts'] })
      await new Promise((done) => setImmediate(done))
      return notes.flatMap(({ alertIds }) => alertIds)
    }

    await Promise.resolve()
    expect(await told([other])).toEqual([])
    expect(await told([other, leak])).toEqual([leak.id])
    expect(await told([other, leak])).toEqual([leak.id])
    expect(await told([])).toEqual([leak.id])
    expect(await told([leak])).toEqual([leak.id, leak.id])
    expect(notes[0]).toMatchObject({ title: expect.stringMatching(/\w/), body: expect.stringMatching(/\$/) })
    stop()
    expect(await told([other])).toEqual([leak.id, leak.id])
  })
})
