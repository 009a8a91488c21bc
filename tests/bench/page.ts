import { chromium, type Browser, type Page } from '@playwright/test'
import { launchOptions } from '../e2e/support/chromium.ts'
import { historyEndMs, openHistory } from './history.ts'
import { median, percentile, type Say, type Scale } from './measured.ts'
import { ensureBuilt, serve, type Served } from './serve.ts'
import { addDays, utcDay } from '../../shared/time.ts'

const paintGoalMs = 150
const taskGoalMs = 50

/** What people see, by Chromium's own trace: how soon the popover is painted, and whether a year of days scrolls smoothly. */
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
  args: { name?: string; data?: { isMainFrame?: boolean; navigationId?: string } }
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

/** Its page, loaded anew as by the first click; later clicks show the window that is there. */
async function measurePopover(say: Say, browser: Browser, guard: Served, rounds: number): Promise<void> {
  const painted: number[] = []
  const filled: number[] = []
  // The first round fills caches, and does not count.
  for (let round = -1; round < rounds; round++) {
    const page = await openPage(browser, guard, { width: 340, height: 480 })
    const events = await traced(browser, page, async () => {
      await page.goto(`${guard.url}/?view=popover`)
      await page.getByText('Burn per hour').waitFor()
      await page.waitForTimeout(300)
    })
    await page.context().close()
    if (round < 0) continue
    const startUs = last(events, 'navigationStart')
    painted.push((last(events, 'firstContentfulPaint') - startUs) / 1_000)
    filled.push((last(events, 'largestContentfulPaint::Candidate') - startUs) / 1_000)
  }
  const line = (what: string, times: readonly number[]) =>
    say({
      what,
      value: percentile(times, 95),
      unit: 'ms p95',
      baseline: null,
      goal: `<= ${paintGoalMs} ms`,
      met: percentile(times, 95) <= paintGoalMs,
      detail: `median ${median(times).toFixed(1)}, slowest ${Math.max(...times).toFixed(1)}, ${times.length} times`,
    })
  line('popover, first paint', painted)
  line('popover, its numbers painted', filled)
}

/** The dashboard of a year by day, its table of 365 rows included, while somebody turns the wheel over all of it. */
async function measureScrolling(say: Say, browser: Browser, guard: Served): Promise<void> {
  const page = await openPage(browser, guard, { width: 1_280, height: 900 })
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
  await page.context().close()
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

async function openPage(browser: Browser, guard: Served, viewport: { width: number; height: number }): Promise<Page> {
  const page = await browser.newPage({ viewport, locale: 'en-US', timezoneId: 'UTC' })
  await page.addInitScript((token) => sessionStorage.setItem('spend-guard-token', token), guard.token)
  return page
}

async function turnWheel(page: Page, step: number): Promise<void> {
  for (let turn = 0; turn < 40; turn++) {
    await page.mouse.wheel(0, step)
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)))
  }
}

/** When something happened last, in microseconds. */
function last(events: readonly TraceEvent[], name: string): number {
  const found = events.filter((event) => event.name === name).map(({ ts }) => ts)
  if (found.length === 0) throw new Error(`The trace has no ${name}.`)
  return Math.max(...found)
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
