import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { messageAbout, type Message } from '../../../../electron/alerts/channels/channel.ts'
import { segmentsOf } from '../../../../electron/alerts/channels/sms-segments.ts'
import { speak } from '../../../../electron/speak.ts'
import { i18n } from '../../../../shared/words.ts'
import { referenceOf, smsText } from '../../../../electron/alerts/channels/sms-text.ts'
import type { Alert } from '../../../../shared/alerts.ts'
import { alert, fired, grouped, hostile, hostileNames } from '../../../contract/channel-stages/messages.ts'

const about = (change: Partial<Alert>, occasion: Message['occasion'] = 'fired') =>
  smsText(messageAbout({ ...alert, ...change }, occasion, 'delivery-1'))

describe('what a text message counts as', () => {
  it.each([
    ['160 letters', 'x'.repeat(160), 'GSM-7', 1],
    ['161 letters', 'x'.repeat(161), 'GSM-7', 2],
    ['306 letters', 'x'.repeat(306), 'GSM-7', 2],
    ['307 letters', 'x'.repeat(307), 'GSM-7', 3],
    ['80 characters that take the room of two', '€'.repeat(80), 'GSM-7', 1],
    ['81 of them', '{'.repeat(81), 'GSM-7', 2],
    // 152 escapes and letters and one place that stays empty, twice.
    ['152 of them, of which none is torn in two', '|'.repeat(152), 'GSM-7', 2],
    ['153 of them', '|'.repeat(153), 'GSM-7', 3],
    ['Greek and German letters of the alphabet', 'ΔΦΓäöüß'.repeat(20), 'GSM-7', 1],
    ['70 with a curly quote', `’${'x'.repeat(69)}`, 'UCS-2', 1],
    ['71 with a curly quote', `’${'x'.repeat(70)}`, 'UCS-2', 2],
    ['135 with a back-tick', `\`${'x'.repeat(134)}`, 'UCS-2', 3],
    ['35 emoji', '💸'.repeat(35), 'UCS-2', 1],
    ['66 emoji, of which none is torn in two', '💸'.repeat(66), 'UCS-2', 2],
    ['67 emoji', '💸'.repeat(67), 'UCS-2', 3],
    ['nothing', '', 'GSM-7', 1],
  ])('%s', (_what, text, encoding, segments) => {
    expect(segmentsOf(text)).toEqual({ encoding, segments })
  })
})

describe('the text of an SMS', () => {
  it('says what, how much of how much, since when, which key and what to do, in one segment', () => {
    const text = smsText(fired)
    expect(text).toBe(
      `Spend Guard: project web: budget threshold crossed. USD 120.50 of 100.00 since 00:00 UTC. Key legacy-ci 99.50. Delete the key. ${referenceOf(fired)}`,
    )
    expect(segmentsOf(text)).toEqual({ encoding: 'GSM-7', segments: 1 })
  })

  it('names the day where it is not today', () => {
    expect(about({ since: '2026-11-01T00:00:00.000Z' })).toContain('since Nov 1 00:00 UTC')
  })

  it('says that it grew, and that it is over, with how it ended', () => {
    expect(about({ amount: '3210.5' }, 'grew')).toContain('Now USD 3,210.50 of 100.00')
    const history = [
      {
        at: alert.updatedAt,
        state: 'resolved' as const,
        by: 'guard',
        via: 'guard' as const,
        note: 'A new period began.',
        saw: null,
      },
    ]
    expect(about({ history }, 'resolved')).toContain('Resolved: project web: budget threshold crossed. USD 120.50')
    expect(about({ history }, 'resolved')).toContain('A new period began.')
    expect(about({ history }, 'resolved')).not.toContain('Delete')
  })

  it('says in words what has no amount', () => {
    const text = about({
      rule: 'credential',
      amount: null,
      limit: null,
      contributors: [],
      summary: 'My company is no longer watched: The provider refused the key.',
      advice: 'Make a new key and replace the old one in settings.',
    })
    expect(text).toContain('not watched: the key was refused. My company is no longer watched')
    expect(text).toContain('Make a new key')
  })

  it.each([
    ['$12.34 and CA$5.00', 'USD 12.34 and CAD 5.00'],
    ['€1.00, £2.00, ¥300 and CN¥4.00', 'EUR 1.00, GBP 2.00, JPY 300 and CNY 4.00'],
    ['“Łódź” – Škoda’s Größe ≥ 3', '"Lodz" - Skoda\'s Groesse >= 3'],
    ['41,20\u00a0€ von 1.000,00\u00a0$ für Bücher', '41,20 EUR von 1.000,00 USD fuer Buecher'],
    ['プロジェクト 💸', '?'],
  ])('writes %s in ASCII', (summary, said) => {
    expect(about({ amount: null, summary })).toContain(said)
  })

  it('is in the language of the guard, and one segment still', async () => {
    await speak('de', [])
    try {
      expect(smsText(fired)).toContain('USD 120,50 von 100,00 seit 00:00 UTC. Schluessel legacy-ci 99,50.')
      expect(segmentsOf(smsText(fired))).toEqual({ encoding: 'GSM-7', segments: 1 })
      expect(about({ amount: '3210.5' }, 'grew')).toContain('Jetzt USD 3.210,50 von 100,00 seit')
      expect(smsText(grouped)).toContain('Am schlimmsten: ')
    } finally {
      i18n.loadAndActivate({ locale: 'en', messages: {} })
    }
  })

  it('makes nothing a telephone takes for an address, save its own link', () => {
    const name = 'https://evil.example/pay WWW.EVIL.COM me@evil.com'
    for (const message of [messageAbout(hostile(name), 'fired'), { ...grouped, alerts: [hostile(name)] as const }]) {
      const [words = ''] = smsText(message).split('\n')
      expect(words).not.toMatch(/:\/\/\S|\w\.[a-z]{2}/i)
    }
  })

  it('keeps the first link whole, on a line of its own, and shortens the words', () => {
    const text = smsText(grouped)
    expect(text.split('\n')).toEqual([
      expect.stringMatching(/^Spend Guard: 1000 alerts started together\. Worst: project web: .* #[\da-z]{6}$/),
      `Acknowledge: ${grouped.actions[0]?.url}`,
    ])
    expect(segmentsOf(text)).toEqual({ encoding: 'GSM-7', segments: 2 })
  })

  it('takes a shorter link where the first does not fit, and none rather than half of one', () => {
    const link = (label: string, length: number) => ({ label, url: `https://guard.example/${'t'.repeat(length)}` })
    const both = { ...fired, actions: [link('Acknowledge', 400), link('Snooze', 60)] }
    expect(smsText(both)).toContain(`Snooze: ${both.actions[1]?.url}`)
    const none = { ...fired, actions: [link('Acknowledge', 400)] }
    expect(smsText(none)).toBe(smsText(fired))
  })

  it.each(hostileNames)('is at most two segments of GSM-7 whatever a provider calls things (%#)', (name) => {
    for (const message of [messageAbout(hostile(name), 'fired'), { ...grouped, alerts: [hostile(name)] as const }]) {
      const { encoding, segments } = segmentsOf(smsText(message))
      expect(encoding).toBe('GSM-7')
      expect(segments).toBeLessThanOrEqual(2)
      expect(smsText(message)).toContain('USD 120.50 of 100.00')
    }
  })

  const anyText = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 400 }),
    fc.string({ unit: fc.constantFrom('{', '|', '~', '€', '`', ' ', '.', '$', '1', '’'), maxLength: 400 }),
  )
  const anyAlert = fc
    .record({ scopeLabel: anyText, summary: anyText, advice: anyText, name: anyText })
    .map(({ name, ...texts }): Alert => ({
      ...alert,
      ...texts,
      contributors: [{ dimension: 'key', name, amount: '1' }],
      history: [{ at: alert.updatedAt, state: 'firing', by: name, via: 'guard' as const, note: name, saw: null }],
    }))
  const anyMessage = fc.record({
    alerts: fc.array(anyAlert, { minLength: 1, maxLength: 3 }).map((all) => all as [Alert, ...Alert[]]),
    more: fc.nat(2_000),
    occasion: fc.constantFrom(
      'fired' as const,
      'grew' as const,
      'acknowledged' as const,
      'resolved' as const,
      'test' as const,
    ),
    isDigest: fc.boolean(),
    key: fc.string(),
    actions: fc.array(
      fc.record({
        label: fc.constantFrom('Acknowledge', 'Snooze 1 hour'),
        url: fc.webUrl({ withQueryParameters: true }).filter((url) => url.length < 200),
      }),
      { maxLength: 2 },
    ),
  })

  it('is never more than two segments, in ASCII, with the reference whole', () => {
    fc.assert(
      fc.property(anyMessage, (message) => {
        const text = smsText(message)
        expect(segmentsOf(text).segments).toBeLessThanOrEqual(2)
        expect(text).toMatch(/^[\x20-\x7E]*( #[\da-z]{6})(\n.*)?$/)
        expect(text).toContain(referenceOf(message))
      }),
    )
  })

  it('never cuts a link: a signed one is whole', () => {
    const token = fc.string({ unit: fc.constantFrom(...'abcXYZ019-_'), minLength: 20, maxLength: 180 })
    fc.assert(
      fc.property(anyMessage, token, (message, path) => {
        const url = `https://guard.example/a/${path}`
        const text = smsText({ ...message, actions: [{ label: 'Acknowledge', url }] })
        expect(text.endsWith(`\nAcknowledge: ${url}`)).toBe(true)
      }),
    )
  })
})

describe('the reference of a delivery', () => {
  it('is the same at each attempt, and another for another delivery', () => {
    const keys = Array.from({ length: 1_000 }, (_, nth) => ({ key: `delivery-${nth}` }))
    expect(new Set(keys.map(referenceOf)).size).toBe(1_000)
    expect(referenceOf({ key: 'delivery-1' })).toBe(referenceOf(fired))
  })
})
