import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { linkPage } from '../../../electron/api/link-page.ts'
import { linkHeaders, notePage } from '../../../electron/api/link-parts.ts'
import { speak } from '../../../electron/speak.ts'
import type { LinkView } from '../../../electron/alerts/links.ts'
import type { Alert } from '../../../shared/alerts.ts'
import { storyAlerts } from '../../fakes/guard-story.ts'

const nowMs = Date.UTC(2026, 10, 18, 15)
const [story] = storyAlerts(nowMs) as [Alert]
const firing: Alert = { ...story, state: 'firing', amount: '1250.5', limit: '1000', currency: 'USD', history: [] }
const open = (alert: Alert = firing): LinkView => ({
  state: 'open',
  alert,
  reader: 'Ada',
  zone: 'Asia/Tokyo',
  spent: null,
})

describe('the page of a link', () => {
  it('says what, how much of how much, since when in the zone of its reader, and what can be done', () => {
    const page = linkPage(open({ ...firing, since: '2026-11-18T12:30:00.000Z' }), nowMs)
    expect(page).toContain('$1,250.50 of $1,000.00')
    expect(page).toContain('18 Nov, 21:30 GMT+9 (2 hours)')
    expect(page).toContain('<dd>firing</dd>')
    expect(page).toContain('done by Ada')
    expect(page.match(/<button name="choice" value="[\w-]+">/g)).toHaveLength(3)
  })

  it('speaks the language of the guard, as the message did that led there', async () => {
    await speak('de', [])
    const page = linkPage(open({ ...firing, since: '2026-11-18T12:30:00.000Z' }), nowMs)
    const expired = linkPage({ state: 'expired' }, nowMs)
    await speak('en', [])
    expect(page).toContain('<html lang="de">')
    expect(page).toContain('1.250,50\u00a0$ von 1.000,00\u00a0$')
    expect(page).toContain('18. Nov., 21:30 GMT+9 (2 Stunden)')
    expect(page).toContain('<dd>aktiv</dd>')
    expect(page).toContain('>Bestätigen</button>')
    expect(expired).toContain('<h1>Dieser Link ist abgelaufen</h1>')
    expect(linkPage(open(), nowMs)).toContain('<html lang="en">')
  })

  it('never shows what is not known as nothing', () => {
    const page = linkPage(open({ ...firing, amount: null, asOf: null }), nowMs)
    expect(page.match(/<dd>not known<\/dd>/g)).toHaveLength(2)
    expect(page).not.toContain('$0')
  })

  it('offers nothing that is done already', () => {
    const page = linkPage(open({ ...firing, state: 'acknowledged' }), nowMs)
    expect(page).not.toContain('value="acknowledge"')
    expect(page).toContain('value="snooze-8"')
    for (const view of [
      { ...open(), state: 'spent', spent: { on: 'snoozed', by: 'Ada', atMs: nowMs } },
      { ...open(), state: 'resolved' },
      { state: 'expired' },
      { state: 'unknown' },
    ] as LinkView[])
      expect(linkPage(view, nowMs)).not.toContain('<button')
  })

  it('lets no name become markup', () => {
    const evil = `<script>alert("1")</script><img src=x onerror='x'>&`
    const page = linkPage(
      {
        ...open({
          ...firing,
          summary: evil,
          scopeLabel: evil,
          history: [{ at: firing.since, state: 'acknowledged', by: evil, via: 'app', note: evil, saw: null }],
          state: 'acknowledged',
        }),
        reader: evil,
        spent: { on: 'acknowledged', by: evil, atMs: nowMs },
      } as LinkView,
      nowMs,
    )
    expect(page).not.toMatch(/<script|<img|onerror='/)
    expect(notePage(evil, evil)).not.toMatch(/<script|<img/)
  })

  it('needs nothing but itself, and its policy allows nothing else', () => {
    const page = linkPage(open(), nowMs)
    expect(page).not.toMatch(/https?:|src=|href=|url\(|<script|\sstyle=|\son\w+=/)
    const style = /<style>([^]*)<\/style>/.exec(page)?.[1] ?? ''
    const hash = createHash('sha256').update(style).digest('base64')
    expect(linkHeaders['content-security-policy'].split('; ')).toEqual([
      "default-src 'none'",
      `style-src 'sha256-${hash}'`,
      "form-action 'self'",
      "base-uri 'none'",
      "frame-ancestors 'none'",
    ])
    expect(linkHeaders).toMatchObject({
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'x-robots-tag': expect.stringContaining('noindex'),
    })
  })
})
