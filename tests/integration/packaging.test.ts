import { existsSync, globSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { extractFile, listPackage } from '@electron/asar'
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { userAgent } from '../../shared/version.ts'
import viteConfig from '../../vite.config.ts'
import { packAround } from './support/pack.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

interface BuilderConfig {
  files: { filter: string[] }[]
  asarUnpack: string[]
  npmRebuild: boolean
  electronFuses: Record<string, boolean>
  mac: { icon: string; target: unknown; files: string[]; x64ArchFiles: string }
  win: { icon: string; target: unknown; verifyUpdateCodeSignature: boolean }
  linux: { icon: string; target: unknown }
  protocols: unknown
  publish: unknown
}

/** What electron-builder reads, by its own code; it has no public function for that. */
async function readConfig(): Promise<{ config: BuilderConfig; validate(): Promise<void> }> {
  const require = createRequire(`${root}/package.json`)
  const requireThere = createRequire(require.resolve('app-builder-lib'))
  const { getConfig, validateConfiguration } = requireThere('app-builder-lib/out/util/config/config.js') as {
    getConfig(folder: string, file: string, defaults: null): Promise<BuilderConfig>
    validateConfiguration(config: BuilderConfig, log: object): Promise<void>
  }
  const { DebugLogger } = requireThere('builder-util') as { DebugLogger: new (enabled: boolean) => object }
  const config = await getConfig(root, 'electron-builder.yml', null)
  return { config, validate: () => validateConfiguration(config, new DebugLogger(false)) }
}

describe('the packaged app', async () => {
  const { config, validate } = await readConfig()

  it('is described in terms that electron-builder knows', async () => {
    await expect(validate()).resolves.toBeUndefined()
  })

  it('holds every module that the bundle leaves out, and no other', () => {
    const leftOut = viteConfig.environments?.['node']?.build?.rolldownOptions?.external as string[]
    const modules = leftOut.filter((name) => name !== 'electron')
    const patterns = config.files.flatMap(({ filter }) => filter)
    const packed = patterns.flatMap((pattern) => /^node_modules\/([\w-]+)\//.exec(pattern)?.[1] ?? [])
    expect(new Set(packed)).toEqual(new Set(modules))
    expect(patterns).toContain('!**/node_modules/**')
    expect(config.asarUnpack).toContain('**/*.node')
    expect(config.npmRebuild).toBe(false)
  })

  it('has an icon for each system, of the kind and size that it wants', () => {
    const file = (system: 'mac' | 'win' | 'linux') => readFileSync(path.join(root, config[system].icon))
    expect(file('mac').subarray(0, 4).toString()).toBe('icns')
    expect(file('mac').readUInt32BE(4)).toBe(file('mac').length)
    expect([...file('win').subarray(0, 6)]).toEqual([0, 0, 1, 0, 6, 0])
    const png = file('linux')
    expect(png.subarray(1, 4).toString()).toBe('PNG')
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([512, 512])
  })

  it('is made for each system in the formats that people expect there', () => {
    expect(config.mac.target).toEqual([
      { target: 'dmg', arch: 'universal' },
      { target: 'zip', arch: 'universal' },
    ])
    expect(config.win.target).toEqual([{ target: 'nsis', arch: ['x64', 'arm64'] }])
    expect(config.linux.target).toEqual(['AppImage', 'deb', 'rpm'])
  })

  it('holds the native modules of both processors on macOS, where two apps are merged into one', () => {
    const native = ['better-sqlite3', 'keytar'].flatMap((name) =>
      globSync(`node_modules/${name}/prebuilds/**/*.node`, { cwd: root }),
    )
    const forMac = native.filter((file) => file.includes('darwin-'))
    expect(forMac).toHaveLength(4)
    const isPacked = (file: string) => config.mac.files.some((pattern) => path.matchesGlob(file, pattern))
    expect(native.filter(isPacked)).toEqual(forMac)
    // Otherwise the merging stops: "the same in both x64 and arm64 builds and not covered by the x64ArchFiles rule".
    const unpacked = forMac.map((file) => `Contents/Resources/app.asar.unpacked/${file}`)
    expect(unpacked.filter((file) => !path.matchesGlob(file, config.mac.x64ArchFiles))).toEqual([])
  })

  it('opens links of ours, and is found by copies that look for a newer version', () => {
    expect(config.protocols).toEqual([{ name: 'API Spend Guard alert', schemes: ['spend-guard'] }])
    expect(config.publish).toEqual({ provider: 'github', owner: 'api-spend-guard', repo: 'api-spend-guard' })
    expect(userAgent).toContain('github.com/api-spend-guard/api-spend-guard')
    expect(config.win.verifyUpdateCodeSignature).toBe(true)
  })

  it('leaves a list of what is new beside the packages of a release, where those copies look', () => {
    const workflow = readFileSync(path.join(root, '.github/workflows/release.yml'), 'utf8')
    for (const kind of [
      'latest*.yml',
      'beta*.yml',
      '*.blockmap',
      '*.rpm',
      '*.deb',
      '*.AppImage',
      '*.dmg',
      '*.zip',
      '*.exe',
    ])
      expect(workflow).toContain(`dist/${kind}`)
  })

  it('cannot be turned into another program', () => {
    expect(config.electronFuses).toEqual({
      runAsNode: false,
      enableNodeOptionsEnvironmentVariable: false,
      enableNodeCliInspectArguments: false,
      enableCookieEncryption: true,
      enableEmbeddedAsarIntegrityValidation: true,
      onlyLoadAppFromAsar: true,
      grantFileProtocolExtraPrivileges: false,
    })
  })
})

// `npm test` builds first; electron-builder says so itself where that was not done.
describe.runIf(process.platform === 'linux' && existsSync(path.join(root, 'out/electron/main.js')))(
  'the app, packed around a stand-in for Electron',
  () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'spend-guard-pack-'))
    let packed: string
    let asar: string
    beforeAll(async () => {
      packed = await packAround(root, folder)
      asar = path.join(packed, 'resources/app.asar')
    }, 90_000)
    afterAll(() => rmSync(folder, { recursive: true }))

    it('holds the program, its pages and two native modules for this system, and nothing else', () => {
      const files = listPackage(asar, { isPack: false }).map((file) => file.replaceAll('\\', '/'))
      const tops = new Set(files.map((file) => file.split('/').slice(1, 3).join('/')))
      expect([...tops].sort()).toEqual([
        'node_modules',
        'node_modules/better-sqlite3',
        'node_modules/keytar',
        'out',
        'out/electron',
        'out/renderer',
        'package.json',
      ])
      for (const needed of ['main.js', 'preload.cjs', 'keychain-process.js', 'cli.js'])
        expect(files).toContain(`/out/electron/${needed}`)
      expect(files.filter((file) => file.endsWith('.node'))).toEqual([
        '/node_modules/better-sqlite3/prebuilds/linux-x64.node',
        '/node_modules/keytar/prebuilds/linux-x64/keytar.node',
      ])
      expect(files.filter((file) => /\.(ts|tsx|map|c|cc|cpp|h)$|test/.test(file))).toEqual([])
      expect(statSync(asar).size).toBeLessThan(12_000_000)
    })

    it('starts where its package says', () => {
      const about = JSON.parse(extractFile(asar, 'package.json').toString()) as Record<string, unknown>
      expect(about).toMatchObject({ name: 'api-spend-guard', main: 'out/electron/main.js', type: 'module' })
      expect(about['devDependencies']).toBe(undefined)
    })

    it('has its native modules unpacked, because no system loads them from an archive', () => {
      const unpacked = globSync('**/*.node', { cwd: `${asar}.unpacked` })
      expect(unpacked.sort()).toEqual([
        'node_modules/better-sqlite3/prebuilds/linux-x64.node',
        'node_modules/keytar/prebuilds/linux-x64/keytar.node',
      ])
    })

    it('has its fuses blown, as read back from the binary', async () => {
      const wire = await getCurrentFuseWire(path.join(packed, 'api-spend-guard'))
      expect(wire).toMatchObject({
        [FuseV1Options.RunAsNode]: FuseState.DISABLE,
        [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: FuseState.DISABLE,
        [FuseV1Options.EnableNodeCliInspectArguments]: FuseState.DISABLE,
        [FuseV1Options.EnableCookieEncryption]: FuseState.ENABLE,
        [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: FuseState.ENABLE,
        [FuseV1Options.OnlyLoadAppFromAsar]: FuseState.ENABLE,
        [FuseV1Options.GrantFileProtocolExtraPrivileges]: FuseState.DISABLE,
      })
    })
  },
)
