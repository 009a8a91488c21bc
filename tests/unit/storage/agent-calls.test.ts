import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, it } from 'vitest'
import { noCounts, type Sighting } from '../../../electron/agent-logs/sighting.ts'
import { openAgentCalls, type SeenCall } from '../../../electron/storage/agent-calls.ts'
import { dayMs, hourMs } from '../../../shared/time.ts'

const atMs = Date.UTC(2026, 8, 1, 10)

function seen(call: number, project: string): SeenCall {
  const sighting: Sighting = {
    agent: 'claude',
    call,
    request: 1,
    session: 's1',
    parent: '',
    side: false,
    atMs,
    model: 'claude-sonnet-4-5',
    mode: 'standard//',
    path: '/logs/s1.jsonl',
    at: 0,
    ...noCounts,
    output: 10,
    project,
  }
  return { call, sightings: [sighting], counted: [sighting], before: [] }
}

function* broken(): Iterable<SeenCall> {
  yield seen(1, '-home-dev-shop')
  throw new Error('the disk is full')
}

it('counts a call once and by its name, when it could not be written the first time', () => {
  const store = openAgentCalls(mkdtempSync(path.join(tmpdir(), 'spend-guard-calls-')))
  expect(() => store.save([], broken())).toThrow('full')
  store.save([], [seen(2, '-home-dev-docs')])
  store.save([], [seen(1, '-home-dev-shop')])
  for (const width of [hourMs, dayMs])
    expect(store.usage(0, 2 * atMs - ((2 * atMs) % dayMs), width)).toEqual(
      ['-home-dev-docs', '-home-dev-shop'].map((project) => expect.objectContaining({ project, calls: 1, output: 10 })),
    )
  expect(store.sightings(1)).toMatchObject([{ project: '-home-dev-shop', session: 's1' }])
  store.close()
})
