import { appendFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { openAgentLogs } from '../../electron/agent-logs/agent-logs.ts'
import { rootsOf } from '../../electron/agent-logs/roots.ts'
import { iso, minuteMs, dayMs, utcDay } from '../../shared/time.ts'
import { claudeLine, createRollout } from '../fakes/agent-home.ts'
import { createCommandLine } from './support/cli.ts'

// Each test starts several processes, on a computer that may be busy with other suites.
vi.setConfig({ testTimeout: 90_000, hookTimeout: 120_000 })

type Row = { key: string; name?: string; effective: string | null; estimate: string | null }
type Account = { id: string; state: string; warnings: string[] }

const home = mkdtempSync(path.join(tmpdir(), 'spend-guard-agents-'))
const line = createCommandLine()
const nowMs = Date.now()
const at = (file: string) => path.join(home, file)
const claudeLog = '.claude/projects/-home-dev-shop/s1.jsonl'
const oldLog = '.claude/projects/-home-dev-old/s0.jsonl'
const codexLog = '.codex/sessions/2026/09/01/rollout-2026-09-01T10-00-00-c1.jsonl'

function write(file: string, content: string): void {
  mkdirSync(path.dirname(at(file)), { recursive: true })
  writeFileSync(at(file), content)
}

/** Sonnet 4.6: $3 and $15 per million. */
const call = (id: number, atMs: number) =>
  `${claudeLine({ id: `msg_${id}`, request: `req_${id}`, at: iso(atMs), input: 100_000, output: 20_000, text: '' })}\n`
const costOf = (calls: number) => String((calls * 6) / 10)
/** GPT-5.4: $2.50, $0.25 for what was cached, and $15 per million. */
const rollout = createRollout('c1', { atMs: nowMs - 10 * minuteMs })
  .meta()
  .model('gpt-5.4')
  .call(110_000, 10_000, 8_000, 0)
const rolloutCosts = '0.3725'
const [oneCall, shop] = ['0.6', '0.9725']

let account: Account
const range = ['--from', utcDay(nowMs - 60 * dayMs), '--to', utcDay(nowMs + dayMs), '--zone', 'UTC']
async function report(by: string): Promise<Record<string, string | null>> {
  const { rows } = await line.json<{ rows: Row[] }>(['report', ...range, '--by', by])
  return Object.fromEntries(rows.flatMap(({ key, effective }) => (effective === '0' ? [] : [[key, effective]])))
}

beforeAll(async () => {
  write(claudeLog, call(1, nowMs - 5 * minuteMs) + call(1, nowMs - 5 * minuteMs))
  write(oldLog, call(2, nowMs - 45 * dayMs))
  write(codexLog, rollout.text())
  account = await line.json(['accounts', 'add', 'agent-logs', '--label', 'Agents', '--option', `home=${home}`])
  await line.json(['poll'])
})
afterAll(() => {
  rmSync(home, { recursive: true })
  rmSync(line.folder, { recursive: true })
})

describe('the logs of coding agents as an account', () => {
  it('are found, and counted for whoever asks', async () => {
    const said = await line.run(['accounts', 'test', account.id])
    expect(said.stdout).toContain('Claude Code (2 logs) and Codex (1 log)')
  })

  it('are spend by model, by agent, by folder and by day, each call once', async () => {
    expect(await report('model')).toEqual({ 'claude-sonnet-4-6': costOf(2), 'gpt-5.4': rolloutCosts })
    expect(await report('key')).toEqual({ 'Claude Code': costOf(2), Codex: rolloutCosts })
    expect(await report('project')).toEqual({ '-home-dev-shop': shop, '-home-dev-old': oneCall })
  })

  it('reach back further than a month, and say nothing of the time before them', async () => {
    const days = await report('day')
    expect(days[utcDay(nowMs - 45 * dayMs)]).toBe(oneCall)
    // Known to be nothing is not listed here, and neither is what nobody knows.
    expect(days[utcDay(nowMs - 46 * dayMs)]).toBeUndefined()
  })

  it('grow by what is written, and lose nothing with a log that is deleted', async () => {
    appendFileSync(at(claudeLog), call(3, Date.now()))
    await line.json(['poll'])
    expect((await report('model'))['claude-sonnet-4-6']).toBe(costOf(3))
    rmSync(at(oldLog))
    rmSync(at(codexLog))
    await line.json(['poll'])
    expect(await report('key')).toEqual({ 'Claude Code': costOf(3), Codex: rolloutCosts })
  })

  it('are read anew when what was remembered of them is damaged', async () => {
    const folder = path.join(line.dataDir, 'sources', account.id)
    write(codexLog, rollout.text())
    for (const name of readdirSync(folder)) writeFileSync(path.join(folder, name), 'no database at all, '.repeat(400))
    expect(await line.json(['poll'])).toMatchObject({ accounts: [{ ok: true }] })
    expect(await report('key')).toEqual({ 'Claude Code': costOf(3), Codex: rolloutCosts })
    expect(readdirSync(folder)).toContain('agent-calls.sqlite.damaged')
  })

  it('are taken in from another computer, however old', async () => {
    write('.claude/projects/-home-dev-old/s9.jsonl', call(9, nowMs - 40 * dayMs) + call(10, nowMs - 3 * dayMs))
    await line.json(['poll'])
    expect(await report('project')).toMatchObject({ '-home-dev-old': costOf(3) })
    const days = await report('day')
    expect([days[utcDay(nowMs - 40 * dayMs)], days[utcDay(nowMs - 3 * dayMs)]]).toEqual([oneCall, oneCall])
  })

  it('reach the ledger though the guard died between reading and storing them', async () => {
    write('.claude/projects/-home-dev-late/s11.jsonl', call(11, nowMs - 20 * dayMs))
    const folder = path.join(line.dataDir, 'sources', account.id)
    const dying = openAgentLogs({ folder, roots: rootsOf(['claude', 'codex'], { home, env: {} }), lookMs: 0 })
    await dying.scan()
    await dying.close()
    await line.json(['poll'])
    expect((await report('project'))['-home-dev-late']).toBe(oneCall)
  })

  it('are watched: what an agent writes is known within moments', async () => {
    const { child, ended } = await line.serve()
    try {
      await vi.waitFor(
        async () => expect((await line.json<Account[]>(['accounts', 'list']))[0]?.state).toBe('ok'),
        20_000,
      )
      appendFileSync(at(claudeLog), call(4, Date.now()))
      await vi.waitFor(async () => expect((await report('model'))['claude-sonnet-4-6']).toBe(costOf(7)), {
        timeout: 30_000,
        interval: 500,
      })
    } finally {
      child.kill()
      await ended
    }
  })

  it('say where they looked when there are none, and refuse an agent that nobody knows', async () => {
    const elsewhere = await line.json<Account>([
      'accounts',
      'add',
      'agent-logs',
      '--label',
      'x',
      '--option',
      'home=/nowhere',
    ])
    expect((await line.run(['accounts', 'test', elsewhere.id])).stderr).toContain('/nowhere/.claude/projects')
    expect(await line.json(['poll', '--account', elsewhere.id])).toMatchObject({
      accounts: [{ ok: false, failure: { kind: 'not-found' } }],
    })
    const strange = await line.json<Account>([
      'accounts',
      'add',
      'agent-logs',
      '--label',
      'x',
      '--option',
      'agents=emacs',
    ])
    expect((await line.run(['accounts', 'test', strange.id])).stderr).toContain('claude, codex')
    for (const { id } of [elsewhere, strange]) await line.run(['accounts', 'remove', id])
  })

  it('owe nothing under a subscription', async () => {
    const options = ['--option', `home=${home}`, '--option', 'billing=subscription']
    const other = await line.json<Account>(['accounts', 'add', 'agent-logs', '--label', 'Plan', ...options])
    const before = await report('account')
    expect(await line.json(['poll', '--account', other.id])).toMatchObject({ accounts: [{ ok: true }] })
    expect(await report('account')).toEqual(before)
    const listed = await line.json<Account[]>(['accounts', 'list'])
    expect(listed.find(({ id }) => id === other.id)?.state).toBe('ok')
    await line.run(['accounts', 'remove', other.id])
  })

  it('are told to be on a bill as well, where there is an account for that', async () => {
    const add = (provider: string, ...more: string[]) =>
      line.run(['accounts', 'add', provider, '--label', 'Bill', ...more], {
        stdin: 'sk-ant-admin01-abcdefghijklmnop\n',
      })
    const said = await add('anthropic')
    expect(said.stderr).toContain('on the bill of Agents')
  })

  it('take what was remembered with them when they go', async () => {
    const folder = path.join(line.dataDir, 'sources', account.id)
    expect(existsSync(folder)).toBe(true)
    await line.run(['accounts', 'remove', account.id])
    expect(existsSync(folder)).toBe(false)
  })
})
