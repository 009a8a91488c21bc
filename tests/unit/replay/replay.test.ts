import { describe, expect, it } from 'vitest'
import { createFlowSource } from '../../../electron/replay/flow-source.ts'
import { library } from '../../../electron/replay/library.ts'
import { replay, type ReplayRules } from '../../../electron/replay/replay.ts'
import { isOfSpendAlone, type Scenario } from '../../../electron/replay/scenario.ts'
import { outcomeOf } from '../../../electron/replay/verdict.ts'
import { noRates } from '../../../shared/rates.ts'
import { settings } from '../../../shared/settings.ts'

const rules: ReplayRules = {
  budgets: [],
  plans: [],
  newNormals: [],
  settings: settings.parse({}),
  zone: 'UTC',
  rates: noRates,
}
const story = (name: string): Scenario => {
  const found = library.find((one) => one.name.includes(name))
  if (!found) throw new Error(name)
  return found
}
const play = (scenario: Scenario, change: Partial<ReplayRules> = {}) =>
  replay(createFlowSource(scenario), { ...rules, ...change }, { ...scenario.watched, stepMs: 60_000 })

describe('a replay', () => {
  it('tells of a leak as soon as the provider would have shown it', async () => {
    const leak = story('$1,700 an hour')
    const pages = await play(leak)
    const told = pages.map(({ at }) => ({ atMs: Date.parse(at) }))
    // Usage is five minutes late, as the adapter declares.
    expect(outcomeOf({ ...leak, atMost: {} }, told, 1)).toMatchObject({ verdict: 'good', minutes: 7 })
    expect(pages[0]).toMatchObject({ scope: 'account:openai', scopeLabel: 'openai', currency: 'USD' })
  })
  it('is silent where the rules are', async () => {
    const deaf = settings.parse({ velocityFloor: '1000000', anomalyFloor: '1000000' })
    expect(await play(story('$1,700 an hour'), { settings: deaf })).toEqual([])
    expect(await play(story('from one cent'))).toEqual([])
  })
  it('says the same each time', async () => {
    const loop = story('doubles every ten minutes')
    expect(await play(loop)).toEqual(await play(loop))
  })
})

describe('the outcome of a story', () => {
  const leak = story('$1,700 an hour')
  const startMs = leak.watched.fromMs + 3_600_000
  it('is what was lost until the first message about it', () => {
    const outcome = outcomeOf(leak, [{ atMs: startMs + 180_000 }], 1)
    expect(outcome).toMatchObject({ minutes: 3, pages: 1, verdict: 'good' })
    expect(outcome.lostDollars).toBeCloseTo(85, 0)
  })
  it('is bad when nobody was told, when it was told before it began, and when it came too late', () => {
    expect(outcomeOf(leak, [], 0)).toMatchObject({ minutes: null, verdict: 'bad' })
    expect(outcomeOf(leak, [{ atMs: startMs - 60_000 }, { atMs: startMs + 60_000 }], 2).verdict).toBe('bad')
    expect(outcomeOf(leak, [{ atMs: startMs + 600_000 }], 1).verdict).toBe('bad')
  })
  it('of a quiet one allows no alert, of a note at most one', () => {
    expect(outcomeOf(story('for twelve days'), [{ atMs: startMs }], 1).verdict).toBe('bad')
    expect(outcomeOf(story('for twelve days'), [], 0).verdict).toBe('good')
    expect(outcomeOf(story('twelve times as much for good'), [{ atMs: startMs }], 1).verdict).toBe('good')
    expect(outcomeOf(story('twelve times as much for good'), [{ atMs: startMs }], 2).verdict).toBe('bad')
  })
})

it('plays only stories that are told by their spend alone', () => {
  expect(isOfSpendAlone(story('$1,700 an hour'))).toBe(true)
  expect(library.filter((one) => !isOfSpendAlone(one)).map(({ name }) => name)).toContain(story('laptop').name)
})
