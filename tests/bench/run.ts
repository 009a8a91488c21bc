import { writeFileSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'
import { parseArgs } from 'node:util'
import { measureAgentLogs, type AgentLogsScale } from './agent-logs.ts'
import { measureColdStart } from './cold-start.ts'
import { measureEvaluation } from './evaluation.ts'
import { measureFocus } from './focus.ts'
import { measureIdle } from './idle.ts'
import { measureIngest } from './ingest.ts'
import { measurePage } from './page.ts'
import { measurePageSize } from './page-size.ts'
import { measureQueries } from './queries.ts'
import { measureStalls } from './stalls.ts'
import { measureStorm } from './storm.ts'
import { measureLatency } from './latency.ts'
import { lineOf, tableOf, type Measured, type Say } from './measured.ts'

/**
 * The numbers of docs/performance.md: `npm run bench -- [--quick] [--json FILE] [NAME...]`. Names choose measurements;
 * all by default. Each runs in turn and alone, on whatever else the machine is doing: look for a quiet one. `agent-logs`
 * needs logs and another reader of them: `--tree DIR --ccusage COMMAND`.
 */
const measurements: Record<string, (say: Say, scale: AgentLogsScale) => void | Promise<void>> = {
  ingest: measureIngest,
  queries: measureQueries,
  evaluation: measureEvaluation,
  stalls: measureStalls,
  storm: measureStorm,
  focus: measureFocus,
  'cold-start': measureColdStart,
  idle: measureIdle,
  latency: measureLatency,
  'page-size': measurePageSize,
  page: measurePage,
  'agent-logs': measureAgentLogs,
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    quick: { type: 'boolean', default: false },
    json: { type: 'string' },
    tree: { type: 'string' },
    ccusage: { type: 'string' },
  },
})
const unknown = positionals.find((name) => !(name in measurements))
if (unknown !== undefined) {
  console.error(`There is no measurement ${unknown}. There are: ${Object.keys(measurements).join(', ')}.`)
  process.exit(2)
}

const all: Measured[] = []
const machine = `${cpus().length} cores (${cpus()[0]?.model.trim()}), ${Math.round(totalmem() / 2 ** 30)} GB, ${process.platform} ${process.arch}, Node ${process.version}`
console.log(`${machine}${values.quick ? ', quick: sizes are small and the numbers not those of the goals' : ''}`)
for (const [name, measure] of Object.entries(measurements)) {
  if (positionals.length > 0 && !positionals.includes(name)) continue
  await measure(
    (one) => {
      all.push(one)
      console.log(lineOf(one))
    },
    { ...values, tree: values.tree, ccusage: values.ccusage },
  )
}
console.log(`\n${tableOf(all)}`)
if (values.json !== undefined) {
  const at = new Date().toISOString()
  writeFileSync(values.json, `${JSON.stringify({ at, machine, quick: values.quick, measured: all }, null, 2)}\n`)
}
