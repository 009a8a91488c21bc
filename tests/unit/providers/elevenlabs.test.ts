import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createProviderHttp } from '../../../electron/http/create-provider-http.ts'
import { elevenlabs } from '../../../electron/providers/elevenlabs/adapter.ts'
import { creditsNanos, periodStartMs, priceNanos } from '../../../electron/providers/elevenlabs/credits.ts'
import { iso } from '../../../shared/time.ts'
import { elevenlabsFullKey, elevenlabsKey, elevenlabsSpeechKey, startElevenlabs } from '../../emulators/elevenlabs.ts'
import { stageNowMs, steadyWorld } from '../../contract/stages/steady-world.ts'
import { answering } from '../../fakes/answering.ts'
import { createTestSystem } from '../../fakes/system.ts'

const options = { usd_per_1000_credits: '0.22' }

async function look(fields: string, given: Record<string, string> = options) {
  const context = answering({ '/v1/user/subscription': `{${fields}}` }, stageNowMs, given)
  return elevenlabs.readCounters?.(context, 'credits')
}

/** Checks a key with the emulator. */
async function check(secret: string) {
  const emulator = await startElevenlabs(steadyWorld('elevenlabs', 'eleven_v3', { input: 1, cached: 0, output: 0 }))
  const http = createProviderHttp({ system: createTestSystem(), adapter: elevenlabs, baseUrl: emulator.url, secret })
  try {
    return await elevenlabs.checkKey({ ...answering({}, stageNowMs, options), http })
  } finally {
    await emulator.stop()
  }
}

describe('credits at ElevenLabs', () => {
  it('are money at the price that a person named, since the period began', async () => {
    const fields =
      '"character_count":12345,"next_character_count_reset_unix":1764936000,"character_refresh_period":"monthly_period"'
    expect(await look(fields)).toMatchObject({
      ok: true,
      value: [{ totalNanos: 2_715_900_000n, currency: 'USD', sinceMs: Date.UTC(2025, 10, 5, 12) }],
    })
  })

  it.each([
    ['no period', '"character_count":5,"next_character_count_reset_unix":null'],
    [
      'a period of tomorrow',
      '"character_count":5,"next_character_count_reset_unix":1764936000,"character_refresh_period":"lunar"',
    ],
    [
      'a period that is called like a part of every object',
      '"character_count":5,"next_character_count_reset_unix":1764936000,"character_refresh_period":"constructor"',
    ],
  ])('of %s are a total of which the beginning is not known', async (_, fields) => {
    expect(await look(fields)).toMatchObject({ ok: true, value: [{ sinceMs: null, totalNanos: 1_100_000n }] })
  })

  it.each(['', 'free', '0', '-1', '1e999', '0,22'])('have no price "%s"', async (price) => {
    const given = { usd_per_1000_credits: price }
    expect(elevenlabs.keyKind(elevenlabsKey, given).refused).toContain('usd_per_1000_credits')
    expect(await look('"character_count":5', given)).toMatchObject({ ok: false, failure: { kind: 'invalid-input' } })
  })

  it('cost the same however they are looked at, to half a nano', () => {
    fc.assert(
      fc.property(fc.nat(), fc.bigInt({ min: 1n, max: 10n ** 12n }), (credits, price) => {
        const off = creditsNanos(credits, price) * 1_000n - BigInt(credits) * price
        expect(off <= 500n && off >= -500n).toBe(true)
      }),
    )
  })

  it('cost more the more they are', () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(), fc.bigInt({ min: 1n, max: 10n ** 12n }), (a, b, price) => {
        const [less, more] = [Math.min(a, b), Math.max(a, b)]
        expect(creditsNanos(more, price)).toBeGreaterThanOrEqual(creditsNanos(less, price))
      }),
    )
  })

  it('may have a price with many decimals', () => {
    expect(creditsNanos(1_000, priceNanos('0.1234567891') ?? 0n)).toBe(123_456_789n)
  })
})

describe('a period of ElevenLabs', () => {
  it.each([
    ['2026-12-05T12:00:00.000Z', 'monthly_period', '2026-11-05T12:00:00.000Z'],
    ['2027-01-01T00:00:00.000Z', 'monthly_period', '2026-12-01T00:00:00.000Z'],
    ['2026-03-31T23:30:00.000Z', 'monthly_period', '2026-02-28T23:30:00.000Z'],
    ['2028-03-30T00:00:00.000Z', 'monthly_period', '2028-02-29T00:00:00.000Z'],
    ['2026-12-31T00:00:00.000Z', '3_month_period', '2026-09-30T00:00:00.000Z'],
    ['2026-12-31T00:00:00.000Z', '6_month_period', '2026-06-30T00:00:00.000Z'],
    ['2028-02-29T00:00:00.000Z', 'annual_period', '2027-02-28T00:00:00.000Z'],
  ])('that ends at %s (%s) began at %s', (reset, period, start) => {
    expect(iso(periodStartMs(Date.parse(reset) / 1_000, period) ?? 0)).toBe(start)
  })
})

describe('a key of ElevenLabs', () => {
  it('that reads the subscription and nothing else is as it should be', async () => {
    expect(await check(elevenlabsKey)).toMatchObject({ ok: true, warnings: [] })
  })
  it('that can do more is warned of', async () => {
    expect((await check(elevenlabsFullKey)).warnings.join(' ')).toContain('more than read the subscription')
  })
  it('that lacks the permission is not a wrong key', async () => {
    expect(await check(elevenlabsSpeechKey)).toMatchObject({
      ok: false,
      failure: { kind: 'permission-missing', message: expect.stringContaining('User: Read') },
    })
  })
  it('that is wrong is a wrong key', async () => {
    expect(await check('sk_wrong')).toMatchObject({ ok: false, failure: { kind: 'credential-rejected' } })
  })
})
