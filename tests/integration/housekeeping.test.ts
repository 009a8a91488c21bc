import { readdirSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'
import { createGuard } from '../../electron/guard.ts'
import { isWhole } from '../../electron/storage/integrity.ts'
import Database from 'better-sqlite3'
import { createTestSystem } from '../fakes/system.ts'

it('keeps one sound backup a day of a guard that is only ever started to poll', async () => {
  const system = createTestSystem()
  const backups = path.join(system.dataDir, 'backups')
  for (let run = 0; run < 3; run++) {
    const guard = createGuard(system)
    if (!guard.ok) throw new Error(guard.failure.message)
    if (run === 0) await guard.value.call('budgets:set', { limit: '5', period: 'day' })
    await guard.value.tidy()
    await guard.value.stop()
  }
  const [only, ...others] = readdirSync(backups)
  expect(others).toEqual([])
  const copy = new Database(path.join(backups, only ?? ''), { readonly: true })
  expect(isWhole(copy)).toBe(true)
  expect(copy.prepare('SELECT COUNT(*) FROM budgets').pluck().get()).toBe(1)
  copy.close()
})

it('backs up what was set up since the last backup, which no provider could bring back', async () => {
  const system = createTestSystem()
  const guard = createGuard(system)
  if (!guard.ok) throw new Error(guard.failure.message)
  await guard.value.tidy()
  await guard.value.call('budgets:set', { limit: '5', period: 'day' })
  await guard.value.tidy()
  await guard.value.tidy()
  await guard.value.stop()
  const backups = path.join(system.dataDir, 'backups')
  const [, second = '', ...others] = readdirSync(backups).sort()
  expect(others).toEqual([])
  const copy = new Database(path.join(backups, second), { readonly: true })
  expect(copy.prepare('SELECT COUNT(*) FROM budgets').pluck().get()).toBe(1)
  copy.close()
})
