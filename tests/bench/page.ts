import { chromium, type Browser, type BrowserContext, type Page } from '@playwright/test'
import { launchOptions } from '../e2e/support/chromium.ts'
import { historyEndMs, openHistory } from './history.ts'
import { median, percentile, type Say, type Scale } from './measured.ts'
import { ensureBuilt, serve, type Served } from './serve.ts'
import { addDays, utcDay } from '../../shared/time.ts'

const paintGoalMs = 150
const taskGoalMs = 50

/** What people see, by Chromium's own clock and trace: how soon the popover is painted, and whether a year of days scrolls. */
export async function measurePage(say: Say, { quick }: Scale): Promise<void> {
  ensureBuilt()
  const history = openHistory(quick)
  const guard = await serve(history.dataDir)
  const browser = await chromium.launch(launchOptions)
  try {
    await measurePopover(say, browser, guard, quick ? 3 : 15)
    await measureScrolling(say, browser, guard)
  } finally {
    await browser.close()
    await guard.stop()
    history.remove()
  }
}

interface TraceEvent {
  name: string
  ph: string
  /** Microseconds. */
  ts: number
  dur?: number
  tdur?: number
  pid: number
  tid: number
  args: { name?: string }
}

const categories = [
  'loading',
  'devtools.timeline',
  'disabled-by-default-devtools.timeline',
  'toplevel',
  'blink.user_timing',
]

async function traced(browser: Browser, page: Page, work: () => Promise<void>): Promise<TraceEvent[]> {
  await browser.startTracing(page, { categories })
  await work()
  const text = (await browser.stopTracing()).toString('utf8')
  return (JSON.parse(text) as { traceEvents: TraceEvent[] }).traceEvents
}

/** Its page, loaded anew as at a start. How soon a click shows the window that is kept is seen in tests/offline-electron. */
async function measurePopover(say: Say, browser: Browser, guard: Served, rounds: number): Promise<void> {
  const painted: number[] = []
  const filled: number[] = []
  const context = await browser.newContext({
    viewport: { width: 340, height: 480 },
    locale: 'en-US',
    timezoneId: 'UTC',
  })
  await letIn(context, guard)
  // The first round fills caches, as earlier starts have done, and does not count.
  for (let round = -1; round < rounds; round++) {
    const page = await context.newPage()
    await page.goto(`${guard.url}/?view=popover`)
    await page.getByText('Burn per hour').waitFor()
    const paints = await paintsOf(page)
    await page.close()
    if (round < 0) continue
    painted.push(paints.first)
    filled.push(paints.filled)
  }
  await context.close()
  for (const [what, times] of Object.entries({ 'first paint': painted, 'its numbers painted': filled }))
    say({
      what: `popover loaded anew, ${what}`,
      value: percentile(times, 95),
      unit: 'ms p95',
      baseline: { what: 'the middle one', value: median(times), unit: 'ms' },
      goal: `<= ${paintGoalMs} ms`,
      met: percentile(times, 95) <= paintGoalMs,
      detail: `slowest ${Math.max(...times).toFixed(1)}, ${times.length} times`,
    })
}

/** From the start of the navigation to the first paint of anything, and to that of the largest text: its numbers. */
function paintsOf(page: Page): Promise<{ first: number; filled: number }> {
  return page.evaluate(
    () =>
      new Promise((resolve) => {
        new PerformanceObserver((list) => {
          const first = performance.getEntriesByName('first-paint')[0]?.startTime
          const filled = list.getEntries().at(-1)?.startTime
          if (first !== undefined && filled !== undefined) resolve({ first, filled })
        }).observe({ type: 'largest-contentful-paint', buffered: true })
      }),
  )
}

/** The dashboard of a year by day, its table of 365 rows included, while somebody turns the wheel over all of it. */
async function measureScrolling(say: Say, browser: Browser, guard: Served): Promise<void> {
  const context = await browser.newContext({
    viewport: { width: 1_280, height: 900 },
    locale: 'en-US',
    timezoneId: 'UTC',
  })
  await letIn(context, guard)
  const page = await context.newPage()
  const to = utcDay(historyEndMs)
  await page.goto(`${guard.url}/#/?range=${addDays(to, -364)}..${to}&by=model`)
  const table = page.getByRole('region', { name: 'Numbers by day' })
  await table.waitFor()
  await page.getByRole('img', { name: /^Spend of/ }).waitFor()
  await page.waitForTimeout(1_000)
  const events = await traced(browser, page, async () => {
    for (const down of [true, false]) await turnWheel(page, down ? 120 : -120)
    await table.scrollIntoViewIfNeeded()
    const box = await table.boundingBox()
    if (!box) throw new Error('The table of days is not there.')
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2)
    for (const down of [true, false]) await turnWheel(page, down ? 360 : -360)
  })
  await context.close()
  const tasks = rendererTasks(events)
  const longest = [...tasks].sort((a, b) => (b.dur ?? 0) - (a.dur ?? 0))[0]
  const longestMs = (longest?.dur ?? 0) / 1_000
  say({
    what: 'longest task while a year of days is scrolled',
    value: longestMs,
    unit: 'ms',
    baseline: { what: 'of it on the processor', value: (longest?.tdur ?? longest?.dur ?? 0) / 1_000, unit: 'ms' },
    goal: `<= ${taskGoalMs} ms`,
    met: longestMs <= taskGoalMs,
    detail: `${tasks.filter(({ dur = 0 }) => dur > taskGoalMs * 1_000).length} of ${tasks.length} tasks are longer`,
  })
}

async function letIn(context: BrowserContext, { token }: Served): Promise<void> {
  await context.addInitScript((value) => sessionStorage.setItem('spend-guard-token', value), token)
}

async function turnWheel(page: Page, step: number): Promise<void> {
  for (let turn = 0; turn < 40; turn++) {
    await page.mouse.wheel(0, step)
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)))
  }
}

/** What ran at a stretch on the main thread of pages. */
function rendererTasks(events: readonly TraceEvent[]): TraceEvent[] {
  const threads = new Set(
    events
      .filter(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain')
      .map(({ pid, tid }) => `${pid} ${tid}`),
  )
  return events.filter(({ name, ph, pid, tid }) => name === 'RunTask' && ph === 'X' && threads.has(`${pid} ${tid}`))
}
