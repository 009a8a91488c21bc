import { openAgentLogs } from '../../electron/agent-logs/agent-logs.ts'
import { rootsOf } from '../../electron/agent-logs/roots.ts'
import { dayMs } from '../../shared/time.ts'

/** `node agent-logs-reader.ts HOME STATE`: reads all logs once and writes what was used by day, as a reader of its own would. */
const [home = '', folder = ''] = process.argv.slice(2)
const logs = openAgentLogs({ folder, roots: rootsOf(['claude', 'codex'], { home, env: {} }), lookMs: 0 })
await logs.scan()
const { rows } = await logs.usage(0, Number.MAX_SAFE_INTEGER, dayMs)
console.log(JSON.stringify(rows))
await logs.close()
