import { rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Account } from '../../shared/accounts.ts'
import { acmeKey, acmeManifest, startAcme } from '../emulators/custom.ts'
import type { Emulator } from '../emulators/http.ts'
import { createCommandLine, type CommandLine } from './support/cli.ts'

describe('an API of nobody we know', () => {
  let acme: Emulator
  let cli: CommandLine

  beforeEach(async () => {
    const flow = {
      provider: 'custom' as const,
      model: 'acme-large',
      project: 'shop',
      apiKey: 'k',
      tokens: { input: 1_000, cached: 0, output: 0 },
      prices: { input: 1, cached: 0, output: 0 },
      pace: () => 1,
    }
    acme = await startAcme({ now: () => Date.now(), flows: [flow], usageDelayMs: 0, costDelayMs: 0 })
    cli = createCommandLine()
  })
  afterEach(async () => {
    await acme.stop()
    rmSync(cli.folder, { recursive: true, force: true })
  })

  const fileOf = (manifest: object) => {
    const file = path.join(cli.folder, 'acme.json')
    writeFileSync(file, JSON.stringify({ ...manifest, origin: acme.url }))
    return ['--option', `manifest=@${file}`]
  }

  it('is tried, added and read by a manifest from a file', async () => {
    const option = fileOf(acmeManifest)
    const tried = await cli.run(['accounts', 'try', 'custom', ...option], { stdin: acmeKey })
    expect(tried).toMatchObject({ code: 0, stderr: '' })
    expect(tried.stdout).toMatch(/costs \(billed, .* UTC\): 8 rows/)
    expect(tried.stdout).toContain('1.44 USD')
    expect(tried.stdout).toContain('Project shop')
    expect(tried.stdout).toContain('balance: 41.200000001 USD left')
    expect(await cli.json<Account[]>(['accounts', 'list'])).toEqual([])

    await cli.json(['accounts', 'add', 'custom', '--label', 'Acme', ...option], acmeKey)
    const polled = await cli.json<{ accounts: { ok: boolean; buckets: number }[] }>(['poll'])
    expect(polled.accounts).toMatchObject([{ ok: true }])
    expect(polled.accounts[0]?.buckets).toBeGreaterThanOrEqual(91)
    expect((await cli.json<Account[]>(['accounts', 'list']))[0]).toMatchObject({
      state: 'ok',
      sources: [{ id: 'costs' }, { id: 'today' }],
      balances: [{ currency: 'USD', left: '41.200000001' }],
    })
  }, 60_000)

  it('is not added with a manifest that cannot be read, and the place is said', async () => {
    const [feed] = acmeManifest.feeds
    const option = fileOf({ ...acmeManifest, feeds: [{ ...feed, amount: 'cost * `2`' }] })
    for (const command of [
      ['try', 'custom'],
      ['add', 'custom', '--label', 'Acme'],
    ])
      expect(await cli.run(['accounts', ...command, ...option], { stdin: acmeKey })).toMatchObject({
        code: 2,
        stderr: expect.stringContaining('feeds.0.amount: calculates') as string,
      })
    expect(acme.asked).toEqual([])
  }, 60_000)

  it('that answers something else than the manifest says makes trying fail', async () => {
    const [feed] = acmeManifest.feeds
    const option = fileOf({ ...acmeManifest, feeds: [{ ...feed, start: 'when' }] })
    const tried = await cli.run(['accounts', 'try', 'custom', ...option], { stdin: acmeKey })
    expect(tried.code).toBe(1)
    expect(tried.stdout).toContain('feeds.0.start: "when" finds nothing in row 1 of /v1/costs.')
    expect(tried.stdout + tried.stderr).not.toContain(acmeKey)
  }, 60_000)
})
