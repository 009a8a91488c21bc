import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import viteConfig from '../../vite.config.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

interface BuilderConfig {
  files: { filter: string[] }[]
  asarUnpack: string[]
  npmRebuild: boolean
  electronFuses: Record<string, boolean>
  mac: { icon: string }
  win: { icon: string }
  linux: { icon: string }
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
