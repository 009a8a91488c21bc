import { spawnSync } from 'node:child_process'
import { appendFileSync, cpSync, existsSync, readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'
import { openAgentLogs } from '../../electron/agent-logs/agent-logs.ts'
import { rootsOf } from '../../electron/agent-logs/roots.ts'
import type { AgentUsage } from '../../electron/storage/agent-sums.ts'
import { dayMs } from '../../shared/time.ts'
import { median, type Measured, type Say, type Scale } from './measured.ts'
import { newFolder } from './serve.ts'
import { longestStall } from './stalls.ts'

export interface AgentLogsScale extends Scale {
  /** A folder with `home`, `append`, `truth.json` and `truth-after.json`. */
  tree: string | undefined
  /** The program to compare with, such as a native ccusage. */
  ccusage: string | undefined
}

const time = '/usr/bin/time'
const at = (file: string) => fileURLToPath(new URL(file, import.meta.url))
const builtFolder = at('../../node_modules/.cache/bench-agent-logs')

/** Reads a tree of agents' logs in turn with another reader of them. */
export async function measureAgentLogs(say: Say, { quick, tree, ccusage }: AgentLogsScale): Promise<void> {
  if (tree === undefined || ccusage === undefined || !existsSync(time)) {
    console.log(`agent-logs: skipped, needs --tree DIR, --ccusage COMMAND and ${time}`)
    return
  }
  const reader = await builtReader()
  const folder = newFolder()
  const home = path.join(folder.dataDir, 'home')
  cpSync(path.join(tree, 'home'), home, { recursive: true, preserveTimestamps: true })
  const state = path.join(folder.dataDir, 'state')
  const env = { ...process.env, HOME: home, TZ: 'UTC', LOG_LEVEL: '0', NODE_COMPILE_CACHE: folder.dataDir }
  const ours = () => run(`${process.execPath} ${reader} ${home} ${state}`, env)
  const peer = () => run(`${ccusage} daily --json --offline`, env)

  ours() // the files into the cache, the program as well
  const pairs = Array.from({ length: quick ? 2 : 5 }, () => {
    const theirs = peer()
    rmSync(state, { recursive: true, force: true })
    return { theirs, full: ours(), again: ours() }
  })
  const theirs = median(pairs.map((pair) => pair.theirs.wallMs))
  const compare = (what: string, value: number, baseline: number, unit: string, most: number): Measured => ({
    what: `agent logs: ${what}`,
    value,
    unit,
    baseline: { what: 'the other reader', value: baseline, unit },
    goal: `<= ${most} x`,
    met: value <= most * baseline,
  })
  const full = pairs.map((pair) => pair.full)
  say(compare('full scan', median(full.map(({ wallMs }) => wallMs)), theirs, 'ms', 1.15))
  say(
    compare(
      'full scan, processor',
      median(full.map(({ cpuMs }) => cpuMs)),
      median(pairs.map((pair) => pair.theirs.cpuMs)),
      'ms',
      0.8,
    ),
  )
  const rssMb = Math.max(...full.map((one) => one.rssMb))
  say({
    what: 'agent logs: peak memory',
    value: rssMb,
    unit: 'MB',
    baseline: null,
    goal: '<= 350 MB',
    met: rssMb <= 350,
  })
  say(compare('restart, nothing new', median(pairs.map(({ again }) => again.wallMs)), theirs, 'ms', 0.15))
  const rows = JSON.parse(pairs[0]?.full.output ?? '[]') as AgentUsage[]
  say(exactness('full scan', rows, path.join(tree, 'truth.json')))

  const appended = await append(tree, home, state)
  say(compare('1.5 MB more, written to known', appended.tookMs, theirs, 'ms', 0.03))
  say(exactness('after that', appended.rows, path.join(tree, 'truth-after.json')))
  say({
    what: 'agent logs: longest stall of the guard, first scan',
    value: appended.stall.wallMs,
    unit: 'ms',
    baseline: { what: 'on the processor at a stretch', value: appended.stall.cpuMs, unit: 'ms' },
    goal: '<= 50 ms',
    met: appended.stall.wallMs <= 50,
  })
  folder.remove()
}

/** A program and its thread in bundles, as they ship. */
async function builtReader(): Promise<string> {
  await build({
    configFile: false,
    logLevel: 'error',
    build: {
      ssr: true,
      outDir: builtFolder,
      emptyOutDir: true,
      rolldownOptions: {
        input: [at('agent-logs-reader.ts'), at('../../electron/agent-logs/agent-logs-thread.ts')],
        output: { entryFileNames: '[name].js' },
      },
    },
  })
  return path.join(builtFolder, 'agent-logs-reader.js')
}

/** The engine as it runs in the guard: watching. */
async function append(tree: string, home: string, state: string) {
  rmSync(state, { recursive: true, force: true })
  let onChange = () => {}
  const roots = rootsOf(['claude', 'codex'], { home, env: {} })
  const logs = openAgentLogs({ folder: state, roots, lookMs: 60_000 }, { onChange: () => onChange() })
  const stall = await longestStall(() => logs.scan())
  const parts = JSON.parse(readFileSync(path.join(tree, 'append/manifest.json'), 'utf8')) as {
    target: string
    file: string
  }[]
  const contents = parts.map(({ file }) => readFileSync(path.join(tree, 'append', file)))
  const [before, after] = ['truth.json', 'truth-after.json'].map((name) => truthRows(path.join(tree, name)))
  const sumOf = (rows: readonly TruthRow[] = []) => rows.reduce((sum, row) => sum + Number(row[5]), 0)
  let missing = sumOf(after) - sumOf(before)
  const outputFrom = async (fromMs: number) =>
    (await logs.usage(fromMs, Number.MAX_SAFE_INTEGER, dayMs)).rows.reduce((sum, { output }) => sum + output, 0)
  // What is appended belongs to the last days; the guard too asks for what changed only.
  const recentMs =
    Date.parse(
      after
        ?.map((row) => row[2])
        .sort()
        .at(-1) ?? '',
    ) - dayMs
  missing += await outputFrom(recentMs)
  const startedMs = performance.now()
  const known = new Promise<void>((resolve) => {
    onChange = () => void outputFrom(recentMs).then((output) => output === missing && resolve())
  })
  for (const [index, { target }] of parts.entries()) appendFileSync(path.join(home, target), contents[index] ?? '')
  await known
  const tookMs = performance.now() - startedMs
  const { rows } = await logs.usage(0, Number.MAX_SAFE_INTEGER, dayMs)
  await logs.close()
  return { tookMs, rows, stall }
}

type Cells = Map<string, number[]>
type TruthRow = [agent: string, project: string, day: string, model: string, ...counts: number[]]

function truthRows(file: string): TruthRow[] {
  return (JSON.parse(readFileSync(file, 'utf8')) as { recovered: TruthRow[] }).recovered
}

function exactness(what: string, rows: readonly AgentUsage[], truth: string): Measured {
  const have = cells(rows.map(truthRowOf))
  const want = cells(truthRows(truth))
  const wrong = [...new Set([...have.keys(), ...want.keys()])].filter(
    (key) => `${have.get(key)}` !== `${want.get(key)}`,
  )
  const value = wrong.length
  return {
    what: `agent logs: wrong cells of ${want.size}, ${what}`,
    value,
    unit: 'cells',
    baseline: null,
    goal: '0',
    met: value === 0,
  }
}

function truthRowOf(row: AgentUsage): TruthRow {
  const model = (row.model ?? '') + (row.mode.split('/')[1] === 'fast' ? '-fast' : '')
  const day = new Date(row.startMs).toISOString().slice(0, 10)
  return [row.agent, row.project, day, model, row.input, row.output, row.cacheWrite + row.cacheWrite1h, row.cachedInput]
}

function cells(rows: readonly TruthRow[]): Cells {
  const sums: Cells = new Map()
  for (const row of rows) {
    const key = row.slice(0, 4).join('|')
    const sum = sums.get(key) ?? [0, 0, 0, 0]
    sums.set(
      key,
      sum.map((count, index) => count + Number(row[4 + index])),
    )
  }
  return sums
}

interface Run {
  wallMs: number
  cpuMs: number
  rssMb: number
  output: string
}

function run(command: string, env: NodeJS.ProcessEnv): Run {
  const startedMs = performance.now()
  const { status, stdout, stderr } = spawnSync(`${time} -f '%U %S %M' ${command}`, {
    env,
    shell: true,
    encoding: 'utf8',
    maxBuffer: 1 << 30,
  })
  const wallMs = performance.now() - startedMs
  if (status !== 0) throw new Error(`${command} ended with ${status}: ${stderr}`)
  const [user = 0, system = 0, rss = 0] = (stderr.trim().split('\n').at(-1) ?? '').split(' ').map(Number)
  return { wallMs, cpuMs: (user + system) * 1_000, rssMb: rss / 1_000, output: stdout }
}
