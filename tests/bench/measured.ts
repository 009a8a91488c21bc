/** One line of the table: what was measured, against what, and whether it is good enough. */
export interface Measured {
  what: string
  value: number
  unit: string
  /** What the same machine does at best, or with nothing to do, measured in the same run. */
  baseline: { what: string; value: number; unit: string } | null
  goal: string
  met: boolean
  detail?: string
}

export type Say = (one: Measured) => void

export interface Scale {
  /** Small sizes: shows that everything runs; the numbers are not those of the goals. */
  quick: boolean
}

export function median(values: readonly number[]): number {
  return percentile(values, 50)
}

/** Nearest rank: a value that was really measured. */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)] ?? Number.NaN
}

export function timed(work: () => void): number {
  const startedMs = performance.now()
  work()
  return performance.now() - startedMs
}

export async function timedAsync(work: () => Promise<unknown>): Promise<number> {
  const startedMs = performance.now()
  await work()
  return performance.now() - startedMs
}

/** Wall time, and how much of it this thread was given: on a busy machine the difference is the others. */
export interface Took {
  wallMs: number
  cpuMs: number
}

export async function took(work: () => Promise<unknown>): Promise<Took> {
  const before = process.threadCpuUsage()
  const wallMs = await timedAsync(work)
  const { user, system } = process.threadCpuUsage(before)
  return { wallMs, cpuMs: (user + system) / 1_000 }
}

/** The 95th percentile against a limit. */
export function withinLimit(what: string, times: readonly Took[], goalMs: number): Measured {
  const walls = times.map((one) => one.wallMs)
  const cpuMs = percentile(
    times.map((one) => one.cpuMs),
    95,
  )
  return {
    what,
    value: percentile(walls, 95),
    unit: 'ms p95',
    baseline: { what: 'of it on the processor', value: cpuMs, unit: 'ms p95' },
    goal: `<= ${goalMs} ms`,
    met: percentile(walls, 95) <= goalMs,
    detail: `median ${median(walls).toFixed(1)}, slowest ${Math.max(...walls).toFixed(1)}, ${times.length} times`,
  }
}

export function lineOf(one: Measured): string {
  const parts = [`${one.what}: ${number(one.value)} ${one.unit}`]
  if (one.baseline) {
    const ratio = one.value / one.baseline.value
    parts.push(`${one.baseline.what} ${number(one.baseline.value)} ${one.baseline.unit}`, `ratio ${ratio.toFixed(2)}`)
  }
  parts.push(`goal ${one.goal}: ${one.met ? 'met' : 'NOT MET'}`)
  if (one.detail) parts.push(one.detail)
  return parts.join(' | ')
}

/** Markdown, so that it can be put into docs/performance.md as it is. */
export function tableOf(all: readonly Measured[]): string {
  const rows = all.map((one) => [
    one.what,
    `${number(one.value)} ${one.unit}`,
    one.baseline ? `${one.baseline.what}: ${number(one.baseline.value)} ${one.baseline.unit}` : '',
    one.baseline ? (one.value / one.baseline.value).toFixed(2) : '',
    one.goal,
    one.met ? 'met' : '**not met**',
  ])
  const head = ['What', 'Measured', 'Baseline', 'Ratio', 'Goal', '']
  const lines = [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`)
  return lines.join('\n')
}

function number(value: number): string {
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 1 ? 1 : 3
  return value.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits })
}
