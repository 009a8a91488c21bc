import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import Database from 'better-sqlite3'
import { createListing } from '../../electron/agent-logs/listing.ts'
import { rootsOf } from '../../electron/agent-logs/roots.ts'
import { createScanner, type ScanReport } from '../../electron/agent-logs/scan.ts'
import { agents, type AgentId } from '../../electron/agent-logs/sighting.ts'
import { openAgentCalls } from '../../electron/storage/agent-calls.ts'
import type { AgentUsage } from '../../electron/storage/agent-sums.ts'
import { dayMs } from '../../shared/time.ts'

/** A home folder with logs of coding agents, and a reader of them. */
export function createAgentHome() {
  const folder = mkdtempSync(path.join(tmpdir(), 'spend-guard-agents-'))
  const home = path.join(folder, 'home')
  const roots = rootsOf(Object.keys(agents) as AgentId[], { home, env: {} })
  const open = () => {
    const store = openAgentCalls(path.join(folder, 'state'))
    return { store, scanner: createScanner(store), listing: createListing(roots) }
  }
  let reader = open()
  const at = (file: string) => path.join(home, file)

  return {
    home,
    roots,
    at,
    write(file: string, content: string | Buffer): void {
      mkdirSync(path.dirname(at(file)), { recursive: true })
      writeFileSync(at(file), content)
    },
    append: (file: string, content: string | Buffer) => appendFileSync(at(file), content),
    changedAt: (file: string, ms: number) => utimesSync(at(file), ms / 1000, ms / 1000),
    remove: (file: string) => rmSync(at(file)),
    scan: (): Promise<ScanReport> => reader.scanner.scan(reader.listing.all()),
    /** As on a change that the system told of. */
    glance: (): Promise<ScanReport> => reader.scanner.scan(reader.listing.all(), true),
    usage: (width = dayMs): AgentUsage[] => reader.store.usage(0, 1e15, width),
    /** Sums of all that was used. */
    total(): Record<'calls' | 'input' | 'cachedInput' | 'cacheWrite' | 'cacheWrite1h' | 'output', number> {
      const total = { calls: 0, input: 0, cachedInput: 0, cacheWrite: 0, cacheWrite1h: 0, output: 0 }
      for (const row of this.usage())
        for (const name of Object.keys(total) as (keyof typeof total)[]) total[name] += row[name]
      return total
    },
    /** All bytes of what is kept between two runs. */
    stored: () =>
      readdirSync(path.join(folder, 'state'))
        .map((file) => readFileSync(path.join(folder, 'state', file), 'latin1'))
        .join(''),
    /** As it was kept by versions that had no sums by day. */
    forgetDays(): void {
      const db = new Database(path.join(folder, 'state/agent-calls.sqlite'))
      db.exec('DROP TABLE days')
      db.close()
    },
    restart(): void {
      reader.store.close()
      reader = open()
    },
    close(): void {
      reader.store.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

export type AgentHome = ReturnType<typeof createAgentHome>

export interface ClaudeCall {
  id?: string | null
  request?: string | null
  session?: string
  at?: string
  model?: string
  input?: number
  output?: number
  cached?: number
  written?: number
  side?: boolean
  text?: string
  tool?: unknown
  usage?: Record<string, unknown>
}

/** A line of Claude Code, in the order in which it writes its fields. */
export function claudeLine(call: ClaudeCall = {}): string {
  const { id = 'msg_1', request = 'req_1', session = 's1', at = '2026-09-01T10:00:00.000Z', side = false } = call
  return JSON.stringify({
    parentUuid: null,
    isSidechain: side,
    userType: 'external',
    cwd: '/home/dev/shop',
    sessionId: session,
    version: '2.1.92',
    message: {
      model: call.model ?? 'claude-sonnet-4-6',
      ...(id === null ? {} : { id }),
      type: 'message',
      role: 'assistant',
      content: [
        { type: 'text', text: call.text ?? 'say "hi" {"usage":{"input_tokens":7}}' },
        ...(call.tool === undefined ? [] : [{ type: 'tool_use', id: 't', name: 'Edit', input: call.tool }]),
      ],
      stop_reason: null,
      stop_sequence: null,
      usage: {
        input_tokens: call.input ?? 10,
        cache_creation_input_tokens: call.written ?? 0,
        cache_read_input_tokens: call.cached ?? 0,
        output_tokens: call.output ?? 100,
        service_tier: 'standard',
        ...call.usage,
      },
    },
    ...(request === null ? {} : { requestId: request }),
    type: 'assistant',
    uuid: 'u',
    timestamp: at,
  })
}

type Usage = [input: number, cached: number, output: number, reasoning: number]

/** A rollout of Codex, line by line. */
export function createRollout(session = 'c1', options: { parent?: string; atMs?: number; cwd?: string } = {}) {
  const lines: string[] = []
  let total: Usage = [0, 0, 0, 0]
  let nowMs = options.atMs ?? Date.UTC(2026, 8, 1, 10)
  const usage = ([input, cached, output, reasoning]: Usage) => ({
    input_tokens: input,
    cached_input_tokens: cached,
    output_tokens: output,
    reasoning_output_tokens: reasoning,
    total_tokens: input + output,
  })
  const add = (type: string, payload: Record<string, unknown>) =>
    void lines.push(JSON.stringify({ timestamp: new Date(nowMs).toISOString(), type, payload }))
  const rollout = {
    lines,
    meta(id = session, parent = options.parent) {
      const fork = parent === undefined ? {} : { forked_from_id: parent }
      add('session_meta', { id, cwd: options.cwd ?? '/home/dev/shop', ...fork })
      return rollout
    },
    model(model: string) {
      add('turn_context', { cwd: options.cwd ?? '/home/dev/shop', model })
      return rollout
    },
    fast() {
      add('event_msg', { type: 'thread_settings_applied', thread_settings: { service_tier: 'priority' } })
      return rollout
    },
    wait(ms: number) {
      nowMs += ms
      return rollout
    },
    call(...last: Usage) {
      total = total.map((count, index) => count + (last[index] ?? 0)) as Usage
      return rollout.event(last, total)
    },
    /** The counters as they are, written again. */
    again(last: Usage) {
      return rollout.event(last, total)
    },
    event(last: Usage, sum: Usage) {
      const info = { total_token_usage: usage(sum), last_token_usage: usage(last), model_context_window: 272000 }
      add('event_msg', { type: 'token_count', info, rate_limits: { plan_type: 'pro' } })
      return rollout
    },
    say(text: string) {
      add('response_item', { type: 'message', role: 'user', content: [{ type: 'input_text', text }] })
      return rollout
    },
    text: () => lines.map((line) => `${line}\n`).join(''),
  }
  return rollout
}

export const claudeLog = '.claude/projects/-home-dev-shop/s1.jsonl'
export const codexLog = '.codex/sessions/2026/09/01/rollout-2026-09-01T10-00-00-c1.jsonl'
