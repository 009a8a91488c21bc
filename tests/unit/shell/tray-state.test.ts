import { describe, expect, it } from 'vitest'
import { drawTrayIcon } from '../../../electron/shell/tray-icons.ts'
import { trayIcons, trayModel } from '../../../electron/shell/tray-state.ts'
import type { Status } from '../../../shared/spend.ts'
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

describe('the tray', () => {
  it('flashes while something fires and nobody has seen it', async () => {
    const status = await statusOf('incident')
    expect(trayModel(status, 'today')).toMatchObject({ icon: 'firing', flashing: true })
    const seen = { ...status, alerts: status.alerts.map((alert) => ({ ...alert, state: 'acknowledged' as const })) }
    expect(trayModel(seen, 'today').flashing).toBe(false)
  })

  it('lists open alerts and offers to acknowledge those that fire', async () => {
    const { alerts } = trayModel(await statusOf('incident'), 'today')
    expect(alerts.length).toBeGreaterThan(0)
    expect(alerts[0]).toMatchObject({ canAcknowledge: true, label: expect.stringMatching(/\w/) })
  })

  it('is calm on a calm day and says what was spent', async () => {
    const status = await statusOf('calm', {
      budgets: [],
      alerts: [],
      today: [{ currency: 'USD', effective: '12.4', billed: null, estimate: '12.4' }],
    })
    expect(trayModel(withState(status, 'ok'), 'today', 'en-US')).toEqual({
      icon: 'calm',
      flashing: false,
      today: '$12.40',
      title: '$12.40',
      tooltip: 'API Spend Guard: $12.40 today',
      alerts: [],
    })
  })

  it('keeps the amount off the menu bar where a person wants that', async () => {
    const model = trayModel(await statusOf('calm'), 'nothing')
    expect(model.title).toBe('')
    expect(model.today).not.toBe('')
  })

  it('says what it does not see instead of looking calm', async () => {
    const status = await statusOf('calm')
    const blind = trayModel(withState(status, 'failed'), 'today')
    expect(blind.icon).toBe('blind')
    expect(blind.tooltip).toContain(`not watching ${status.accounts[0]?.label}`)
    expect(trayModel(withState(status, 'paused'), 'today').icon).toBe('paused')
    expect(trayModel(null, 'today')).toMatchObject({ icon: 'blind', today: '' })
  })

  it('shows a missing amount as unknown, never as nothing spent', async () => {
    const status = await statusOf('calm', {
      today: [{ currency: 'USD', effective: null, billed: null, estimate: null }],
    })
    expect(trayModel(status, 'today').today).toBe('unknown')
  })

  it('has a shape of its own for every state, lit and dark', () => {
    const drawn = trayIcons.flatMap((icon) => [true, false].map((lit) => shapeOf(drawTrayIcon(icon, 22, lit))))
    expect(new Set(drawn).size).toBe(drawn.length)
    expect(drawn.every((shape) => shape.includes('#'))).toBe(true)
  })
})

/** The icon without its colours, for eyes that do not tell them apart: white marks, body, nothing. */
function shapeOf(pixels: Buffer): string {
  return Array.from({ length: pixels.length / 4 }, (_, at) => {
    const [blue = 0, green = 0, red = 0, alpha = 0] = pixels.subarray(at * 4, at * 4 + 4)
    return alpha < 128 ? '.' : Math.min(blue, green, red) > 200 ? 'o' : '#'
  }).join('')
}
