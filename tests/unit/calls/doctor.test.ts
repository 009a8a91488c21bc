import { describe, expect, it } from 'vitest'
import { ratesCheck, tried } from '../../../electron/calls/doctor.ts'
import type { RatesState } from '../../../shared/rate-notes.ts'
import { fail } from '../../../shared/failures.ts'

describe('what the doctor says of a channel', () => {
  const channel = { id: 'c1', label: 'Ops', available: true, lastFailure: null, lastDeliveredAtMs: null }

  it('claims a delivery only where there was one', () => {
    expect(tried({ ...channel, lastDeliveredAtMs: 0 })).toMatchObject({
      state: 'ok',
      message: 'Delivered at 1970-01-01T00:00:00.000Z.',
    })
    expect(tried(channel)).toMatchObject({ state: 'ok', message: expect.stringContaining('Not used yet') as string })
  })

  it('passes on why the last message did not get through', () => {
    expect(tried({ ...channel, lastFailure: fail('channel-gone', 'It was deleted.') })).toEqual({
      name: 'channel Ops',
      state: 'failed',
      message: 'It was deleted.',
    })
  })

  it('warns of a desktop that is not there, also after somebody tried it: a server is not ill for that', () => {
    const lastFailure = fail('channel-rejected', 'This computer offers no desktop notifications here.')
    expect(tried({ ...channel, available: false, lastFailure })).toMatchObject({ state: 'warning' })
    expect(tried({ ...channel, available: false })).toMatchObject({ state: 'warning' })
  })
})

describe('what the doctor says of exchange rates', () => {
  const state: RatesState = {
    displayCurrency: 'EUR',
    needed: true,
    source: 'ecb',
    day: '2026-11-24',
    old: false,
    readAt: null,
    failure: null,
    rates: [],
    manual: [],
    held: [],
  }
  it('warns of old ones, and of one that waits for a person', () => {
    expect(ratesCheck(state)).toMatchObject({ state: 'ok', message: expect.stringContaining('24 Nov 2026') as string })
    expect(ratesCheck({ ...state, old: true })).toMatchObject({ state: 'warning' })
    const held = [{ currency: 'TRY', day: '2026-11-24', perEuro: '91', usedPerEuro: '55', usedDay: '2026-11-23' }]
    expect(ratesCheck({ ...state, held }).message).toContain('Held back: TRY')
  })
})
