import { describe, expect, it } from 'vitest'
import { drawTrayIcon, trayColours, trayScales, traySize } from '../../../electron/shell/tray-icons.ts'
import { trayIcons, trayModel } from '../../../electron/shell/tray-state.ts'
import type { Settings } from '../../../shared/settings.ts'
import type { ReportRow, Status } from '../../../shared/spend.ts'
import { createFakeGuard, type Scenario } from '../../fakes/guard-client.ts'

async function statusOf(scenario: Scenario, change: Partial<Status> = {}): Promise<Status> {
  const status = await createFakeGuard(scenario).call('status:get', {})
  if (!status.ok) throw new Error(status.failure.message)
  return { ...status.value, ...change }
}
const withState = (status: Status, state: Status['accounts'][number]['state']) => ({
  ...status,
  budgets: [],
  alerts: [],
  accounts: status.accounts.map((account) => ({ ...account, state })),
})

const choice = (trayTitle: Settings['trayTitle'], trayFlash = true) => ({ trayTitle, trayFlash, trayFigure: false })

describe('the tray', () => {
  it('flashes while something fires and nobody has seen it', async () => {
    const status = await statusOf('incident')
    expect(trayModel(status, choice('today'))).toMatchObject({ icon: 'firing', flashing: true })
    const seen = { ...status, alerts: status.alerts.map((alert) => ({ ...alert, state: 'acknowledged' as const })) }
    expect(trayModel(seen, choice('today')).flashing).toBe(false)
  })

  it('lists open alerts and offers to acknowledge those that fire', async () => {
    const { alerts } = trayModel(await statusOf('incident'), choice('today'))
    expect(alerts.length).toBeGreaterThan(0)
    expect(alerts[0]).toMatchObject({ canAcknowledge: true, label: expect.stringMatching(/\w/) })
  })

  it('is calm on a calm day and says what was spent', async () => {
    const status = await statusOf('calm', {
      budgets: [],
      alerts: [],
      today: [{ currency: 'USD', effective: '12.4', billed: null, estimate: '12.4' }],
      burnPerHour: [{ currency: 'USD', amount: '3.1' }],
    })
    expect(trayModel(withState(status, 'ok'), choice('today'), [], 'en-US')).toEqual({
      icon: 'calm',
      flashing: false,
      lines: ['$12.40 today', '$3.10/h'],
      title: '$12.40',
      tooltip: 'API Spend Guard: $12.40 today',
      figure: null,
      burners: [],
      alerts: [],
      paused: null,
    })
  })

  it('says it in the icon itself where a person wants that, and all is calm', async () => {
    const inIcon = (trayTitle: Settings['trayTitle']) => ({ ...choice(trayTitle), trayFigure: true })
    const calm = withState(
      await statusOf('calm', {
        today: [{ currency: 'USD', effective: '412.4', billed: null, estimate: '412.4' }],
        burnPerHour: [{ currency: 'USD', amount: '3.14' }],
      }),
      'ok',
    )
    expect(trayModel(calm, inIcon('today'))).toMatchObject({ icon: 'calm', figure: '412' })
    expect(trayModel(calm, inIcon('burn')).figure).toBe('3.1')
    expect(trayModel(calm, inIcon('nothing')).figure).toBe(null)
    expect(trayModel(calm, inIcon('budget')).figure).toBe(null)
    expect(trayModel(calm, choice('today')).figure).toBe(null)
    const two = { ...calm, today: [...calm.today, { currency: 'EUR', effective: '1', billed: '1', estimate: null }] }
    expect(trayModel(two, inIcon('today')).figure).toBe(null)
    expect(trayModel({ ...calm, today: [] }, inIcon('today')).figure).toBe(null)
    expect(trayModel(await statusOf('incident'), inIcon('today')).figure).toBe(null)
  })

  it('keeps the amount off the menu bar where a person wants that', async () => {
    const model = trayModel(await statusOf('calm'), choice('nothing'))
    expect(model.title).toBe('')
    expect(model.lines[0]).toMatch(/\d today$/)
  })

  it('says what it does not see instead of looking calm', async () => {
    const status = await statusOf('calm')
    const blind = trayModel(withState(status, 'failed'), choice('today'))
    expect(blind.icon).toBe('blind')
    expect(blind.tooltip).toContain(`not watching ${status.accounts[0]?.label}`)
    expect(trayModel(withState(status, 'paused'), choice('today')).icon).toBe('paused')
    expect(trayModel(null, choice('today'))).toMatchObject({ icon: 'blind', lines: ['The guard does not answer'] })
  })

  it('shows a missing amount as unknown, never as nothing spent', async () => {
    const status = await statusOf('calm', {
      today: [{ currency: 'USD', effective: null, billed: null, estimate: null }],
    })
    expect(trayModel(status, choice('today')).lines[0]).toBe('unknown today')
  })

  it.each([
    ['burn', '$3.10/h', 'API Spend Guard: $3.10/h'],
    ['budget', '62%', 'API Spend Guard: 62% of the budget'],
    ['nothing', '', 'API Spend Guard: $12.40 today'],
  ] as const)('shows what a person chose: %s', async (chosen, title, tooltip) => {
    const status = withState(await statusOf('calm'), 'ok')
    const [budget] = (await statusOf('calm')).budgets
    if (!budget) throw new Error('the story has no budget')
    const half = { ...budget, scope: 'all', limit: '20', currency: 'USD', state: 'ok' as const }
    const shown: Status = {
      ...status,
      today: [{ currency: 'USD', effective: '12.4', billed: null, estimate: '12.4' }],
      burnPerHour: [{ currency: 'USD', amount: '3.1' }],
      budgets: [
        { ...half, spent: '12.4', period: 'day' },
        { ...half, spent: '2', period: 'month' },
        { ...half, spent: '19', scope: 'account:x' },
        { ...half, spent: null, period: 'week' },
      ],
    }
    expect(trayModel(shown, choice(chosen), [], 'en-US')).toMatchObject({ title, tooltip })
    expect(trayModel(shown, choice(chosen), [], 'en-US').lines).toContain('62% of $20.00, day')
  })

  it('shows no share where there is no budget', async () => {
    const status = withState(await statusOf('calm'), 'ok')
    expect(trayModel(status, choice('budget'))).toMatchObject({ title: '', tooltip: expect.stringMatching(/today$/) })
  })

  it('names the three models that cost most today', async () => {
    const row = (label: string, effective: string | null): ReportRow => ({
      key: label,
      label,
      asOf: null,
      currency: 'USD',
      effective,
      billed: null,
      estimate: effective,
    })
    const rows = [row('a', '1'), row('b', null), row('c', '30.5'), row('d', '9'), row('e', '2'), row('f', '0')]
    const { burners } = trayModel(await statusOf('calm'), choice('today'), rows, 'en-US')
    expect(burners).toEqual(['c  $30.50', 'd  $9.00', 'e  $2.00'])
  })

  it('says that it is paused, and until when; what fires goes before that', async () => {
    const pause = { since: '2026-11-18T15:00:00.000Z', until: null }
    const paused = trayModel({ ...withState(await statusOf('calm'), 'paused'), pause }, choice('today'))
    expect(paused).toMatchObject({ icon: 'paused', paused: 'until somebody resumes it' })
    expect(paused.tooltip).toBe('API Spend Guard: paused until somebody resumes it, not watching')
    const firing = trayModel({ ...(await statusOf('incident')), pause }, choice('today'))
    expect(firing).toMatchObject({ icon: 'firing', flashing: true, paused: expect.any(String) })
    expect(firing.tooltip).toMatch(/burns/)
  })

  it('does not flash for a person who does not want that', async () => {
    const model = trayModel(await statusOf('incident'), choice('today', false))
    expect(model).toMatchObject({ icon: 'firing', flashing: false })
  })
})

describe('the icon of the tray', () => {
  const sizes = (['darwin', 'win32', 'linux'] as const).flatMap((platform) =>
    trayScales.map((scale) => Math.round(traySize(platform) * scale)),
  )

  it.each([...new Set(sizes)])('has a shape of its own for every state, lit and dark, at %s pixels', (size) => {
    for (const template of [false, true]) {
      const drawn = trayIcons.flatMap((icon) =>
        [true, false].map((lit) => shapeOf(drawTrayIcon(icon, size, { lit, template }))),
      )
      expect(new Set(drawn).size).toBe(drawn.length)
      expect(drawn.every((shape) => shape.includes('#'))).toBe(true)
    }
  })

  it('is black on macOS, which gives it the colour of its menu bar', () => {
    const pixels = drawTrayIcon('firing', 36, { lit: true, template: true })
    const colours = pixels.filter((_value, at) => at % 4 !== 3)
    expect(Math.max(...colours)).toBe(0)
  })

  it.each(trayIcons)('stands out from light and dark panels when it is %s', (icon) => {
    const own = luminance(trayColours[icon])
    const contrast = (other: number) => (Math.max(own, other) + 0.05) / (Math.min(own, other) + 0.05)
    for (const panel of [luminance([255, 255, 255]), luminance([32, 32, 32])])
      expect(contrast(panel)).toBeGreaterThanOrEqual(3)
  })
})

/** The icon without its colours, for eyes that do not tell them apart: white marks, body, nothing. */
function shapeOf(pixels: Buffer): string {
  return Array.from({ length: pixels.length / 4 }, (_, at) => {
    const [blue = 0, green = 0, red = 0, alpha = 0] = pixels.subarray(at * 4, at * 4 + 4)
    return alpha < 128 ? '.' : Math.min(blue, green, red) > 200 ? 'o' : '#'
  }).join('')
}

/** As WCAG 2.2 defines it. */
function luminance(colour: readonly [number, number, number]): number {
  const [red, green, blue] = colour.map((value) => {
    const share = value / 255
    return share <= 0.040_45 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  }) as [number, number, number]
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}
