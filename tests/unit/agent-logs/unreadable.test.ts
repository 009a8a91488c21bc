import { chmodSync } from 'node:fs'
import path from 'node:path'
import { zstdCompressSync } from 'node:zlib'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { findLogs } from '../../../electron/providers/agent-logs/find-logs.ts'
import {
  claudeLine,
  claudeLog,
  codexLog,
  createAgentHome,
  createRollout,
  type AgentHome,
} from '../../fakes/agent-home.ts'

const nobody = 65_534
const other = '.claude/projects/-home-dev-other/s2.jsonl'
const folder = path.dirname(other)
const rollout = zstdCompressSync(createRollout().meta().model('gpt-5.4').call(100, 0, 10, 0).text())

let home: AgentHome
let mine: string[] = []
// On Windows nothing is kept from anybody in this way, and from root nothing is anywhere.
const isRoot = process.geteuid?.() === 0
beforeEach(() => {
  if (isRoot) process.seteuid?.(nobody)
  home = createAgentHome()
  home.write(claudeLog, `${claudeLine()}\n`)
})
afterEach(() => {
  for (const file of mine) chmodSync(home.at(file), 0o700)
  mine = []
  home.close()
  if (isRoot) process.seteuid?.(0)
})

function allow(file: string, mode: number): void {
  chmodSync(home.at(file), mode)
  mine.push(file)
}

it.skipIf(process.platform === 'win32').each([0o000, 0o100, 0o400])(
  'a folder that may not be looked into (%o) hides no other, and is read once it may be',
  async (mode) => {
    home.write(other, `${claudeLine({ id: 'msg_2' })}\n`)
    allow(folder, mode)
    await home.scan()
    expect(home.total()).toMatchObject({ calls: 1 })
    allow(folder, 0o700)
    await home.scan()
    expect(home.total()).toMatchObject({ calls: 2 })
  },
)

it.skipIf(process.platform === 'win32').each([other, `${codexLog}.zst`])(
  'a log that may not be read is told of, hides no other, and is read once it may be (%s)',
  async (file) => {
    home.write(file, file === other ? `${claudeLine({ id: 'msg_2' })}\n` : rollout)
    allow(file, 0)
    expect((await home.scan()).failed).toMatchObject([{ reason: expect.stringContaining('EACCES') }])
    expect(home.total()).toMatchObject({ calls: 1 })
    allow(file, 0o600)
    expect((await home.scan()).failed).toEqual([])
    expect(home.total()).toMatchObject({ calls: 2 })
  },
)

it.skipIf(process.platform === 'win32')(
  'logs and folders that may not be read are named when they are looked for',
  async () => {
    home.write(other, claudeLine())
    home.write('.claude/projects/-home-dev-shop/s3.jsonl', claudeLine())
    allow(folder, 0)
    allow('.claude/projects/-home-dev-shop/s3.jsonl', 0)
    expect(await findLogs({ home: home.home })).toMatchObject({
      organization: 'Claude Code (2 logs)',
      warnings: [
        expect.stringContaining(`${home.at(folder)} is not read`),
        expect.stringContaining('s3.jsonl is not read'),
      ],
    })
  },
)
