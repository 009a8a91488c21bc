import { rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Account, ChangeLook } from '../../shared/accounts.ts'
import type { Report } from '../../shared/spend.ts'
import { acmeKey, acmeManifest, startAcme } from '../emulators/custom.ts'
import type { Emulator } from '../emulators/http.ts'
import { createCommandLine, type CommandLine } from './support/cli.ts'

describe('an account that is changed in place', () => {
  let acme: Emulator
  let stranger: Emulator
  let cli: CommandLine
  let id = ''

  const world = {
    now: () => Date.now(),
    flows: [
      {
        provider: 'custom' as const,
        model: 'acme-large',
        project: 'shop',
        apiKey: 'k',
        tokens: { input: 1_000, cached: 0, output: 0 },
        prices: { input: 1, cached: 0, output: 0 },
        pace: () => 1,
      },
    ],
    usageDelayMs: 0,
    costDelayMs: 0,
  }
  const manifestAt = (url: string, manifest: object) => {
    const file = path.join(cli.folder, 'acme.json')
    writeFileSync(file, JSON.stringify({ ...manifest, origin: url }))
    return ['--option', `manifest=@${file}`]
  }
  const [costs, today] = acmeManifest.feeds
  const { project: _, ...withoutProject } = costs as Record<string, unknown>
  const report = (by: string) => {
    const day = (offset: number) => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10)
    return cli.json<Report>(['report', '--from', day(-20), '--to', day(-3), '--by', by])
  }

  beforeEach(async () => {
    ;[acme, stranger] = await Promise.all([startAcme(world), startAcme(world)])
    cli = createCommandLine()
    const added = await cli.json<Account>(
      ['accounts', 'add', 'custom', '--label', 'Acme', ...manifestAt(acme.url, acmeManifest)],
      acmeKey,
    )
    id = added.id
    await cli.run(['poll'])
  })
  afterEach(async () => {
    await Promise.all([acme.stop(), stranger.stop()])
    rmSync(cli.folder, { recursive: true, force: true })
  })

  it('keeps its history, which is read again in the new way and counts once', async () => {
    const before = await report('project')
    expect(before.rows).toMatchObject([{ label: 'Project shop' }])
    const asked = acme.asked.length
    const manifest = { ...acmeManifest, feeds: [withoutProject, today] }
    const set = await cli.run(['accounts', 'set', id, ...manifestAt(acme.url, manifest)])
    expect(set).toMatchObject({ code: 0, stderr: '' })
    expect(set.stdout).toContain('takes the place of each day that it answers')
    await cli.run(['poll'])
    expect(acme.asked.length).toBeGreaterThan(asked)
    const after = await report('project')
    expect(after.total).toEqual(before.total)
    expect(after.rows.map(({ label }) => label)).not.toContain('Project shop')
    expect(await cli.json<Account[]>(['accounts', 'list'])).toMatchObject([{ id, state: 'ok', fill: null }])
  }, 90_000)

  it('shows what would be understood, and changes nothing when only tried', async () => {
    const manifest = { ...acmeManifest, feeds: [{ ...costs, start: 'when' }, today] }
    const option = manifestAt(acme.url, manifest)
    const tried = await cli.run(['accounts', 'set', id, '--try', ...option])
    expect(tried.code).toBe(1)
    expect(tried.stdout).toContain('"when" finds nothing')
    const good = await cli.json<ChangeLook>([
      'accounts',
      'set',
      id,
      '--try',
      ...manifestAt(acme.url, { ...acmeManifest, feeds: [withoutProject, today] }),
    ])
    expect(good.trial?.sources[0]).toMatchObject({ id: 'costs', failure: null })
    const [account] = await cli.json<Account[]>(['accounts', 'list'])
    expect(JSON.parse(account?.options['manifest'] ?? '')).toEqual({ ...acmeManifest, origin: acme.url })
  }, 90_000)

  it('does not take its key to another place unless the key is typed again', async () => {
    const option = manifestAt(stranger.url, acmeManifest)
    for (const tried of [['--try'], []]) {
      const refused = await cli.run(['accounts', 'set', id, ...tried, ...option])
      expect(refused).toMatchObject({ code: 2 })
      expect(refused.stderr).toContain('Enter the key again')
    }
    const based = await cli.run(['accounts', 'set', id, '--base-url', stranger.url])
    expect(based.stderr).toContain('Enter the key again')
    expect(stranger.asked).toEqual([])
    expect(await cli.run(['accounts', 'set', id, '--key', ...option], { stdin: acmeKey })).toMatchObject({ code: 0 })
    expect(await cli.json(['poll'])).toMatchObject({ accounts: [{ ok: true }] })
    expect(stranger.asked.length).toBeGreaterThan(0)
  }, 90_000)

  it('takes its whole history along to another workspace', async () => {
    const set = await cli.run(['accounts', 'set', id, '--label', 'Acme Inc', '--workspace', 'Shop'])
    expect(set.stdout).toContain('belongs to the workspace Shop')
    expect((await report('workspace')).rows).toMatchObject([{ label: 'Shop' }])
    expect((await report('account')).rows).toMatchObject([{ label: 'Acme Inc' }])
    expect(await cli.run(['accounts', 'set', id, '--workspace', ''])).toMatchObject({ code: 0 })
    expect(await cli.json<Account[]>(['accounts', 'list'])).toMatchObject([{ label: 'Acme Inc', workspace: null }])
  }, 90_000)

  it('keeps what was read as a bill apart from what is usage', async () => {
    const manifest = { ...acmeManifest, feeds: [{ ...costs, plane: 'estimate' }, today] }
    const refused = await cli.run(['accounts', 'set', id, ...manifestAt(acme.url, manifest)])
    expect(refused).toMatchObject({ code: 2 })
    expect(refused.stderr).toContain('give it another id')
  }, 90_000)
})
