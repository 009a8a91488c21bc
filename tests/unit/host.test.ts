import { describe, expect, it } from 'vitest'
import { machineZone, settingsOfRun } from '../../electron/host.ts'

describe("the machine's time zone", () => {
  const links = new Map([
    ['/etc/localtime', '/usr/share/zoneinfo/Europe/Berlin'],
    ['/usr/share/zoneinfo/Asia/Tokyo', '/usr/share/zoneinfo/Asia/Tokyo'],
  ])
  const linkOf = (file: string) => {
    const target = links.get(file)
    if (target === undefined) throw new Error('ENOENT')
    return target
  }

  it.each([
    ['Europe/Paris', null, 'Europe/Paris'],
    ['Europe/Paris', 'Europe/Paris', 'Europe/Paris'],
    [null, '', 'UTC'],
    [null, ':Europe/Rome', 'Europe/Rome'],
    [null, ':/etc/localtime', 'Europe/Berlin'],
    [null, '/usr/share/zoneinfo/Asia/Tokyo', 'Asia/Tokyo'],
    [null, ':/no/such/file', 'UTC'],
    [null, 'Garbage/Zone', 'UTC'],
    ['Etc/Unknown', '<+03>-3', 'UTC'],
  ])('is a name that can be counted with: Node says %s, TZ is %s', (intlZone, tz, zone) => {
    expect(machineZone(intlZone, tz, linkOf)).toBe(zone)
  })
})

describe('the settings of a run', () => {
  const kept = new Map<string, unknown>([['publicUrl', 'https://kept.example.com']])
  const file = { get: (key: string) => kept.get(key), set: (key: string, value: unknown) => void kept.set(key, value) }

  it('are those that are kept, but for what the run was started with', () => {
    expect(settingsOfRun(file, null).get('publicUrl')).toBe('https://kept.example.com')
    const run = settingsOfRun(file, 5, 'https://run.example.com')
    expect(run.get('publicUrl')).toBe('https://run.example.com')
    expect(run.get('usageEverySeconds')).toBe(5)
    expect(kept.get('publicUrl')).toBe('https://kept.example.com')
  })
})
