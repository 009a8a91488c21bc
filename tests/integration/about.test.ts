import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'
import { createGuard } from '../../electron/guard.ts'
import { createTestSystem } from '../fakes/system.ts'

it('diagnostics for a bug report tell kinds and counts, and nothing of the person', async () => {
  const system = createTestSystem()
  const opened = createGuard(system)
  if (!opened.ok) throw new Error(opened.failure.message)
  const guard = opened.value
  await guard.call('accounts:add', { provider: 'focus', label: 'Secret client GmbH', workspace: 'Merger' })
  await guard.call('settings:change', { publicUrl: 'https://guard.secret-client.example' })
  mkdirSync(system.dataDir, { recursive: true })
  const home = path.join(system.computer.homeDir, 'bills.csv')
  writeFileSync(
    path.join(system.dataDir, 'guard.log'),
    `${JSON.stringify({ level: 'error', event: 'call failed', message: `${home} sk-admin-abcdefghijkl` })}\n`,
  )
  const answer = await guard.call('about:diagnostics', {})
  const text = answer.ok ? answer.value.text : ''
  expect(text).toContain('API Spend Guard 0.1.0')
  expect(text).toContain('1 x focus')
  expect(text).toContain('call failed')
  expect(text).toContain('~/bills.csv')
  for (const word of ['Secret client', 'Merger', 'secret-client', 'sk-admin-abc', system.computer.homeDir])
    expect(text).not.toContain(word)
  await guard.stop()
})
