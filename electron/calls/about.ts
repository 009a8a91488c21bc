import { readFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import type { Account } from '../../shared/accounts.ts'
import type { About } from '../../shared/about.ts'
import { projectPages } from '../../shared/project-pages.ts'
import { ok } from '../../shared/result.ts'
import type { Settings } from '../../shared/settings.ts'
import { iso } from '../../shared/time.ts'
import { version } from '../../shared/version.ts'
import { redact } from '../logging/redact.ts'
import type { System } from '../system.ts'
import type { Handlers } from './handlers.ts'

/** The last of these say what went wrong; more would not be read. */
const newestLines = 40

export function aboutCalls(parts: {
  system: System
  accounts(): readonly Account[]
  channels(): readonly { kind: string; lastFailure: { kind: string } | null }[]
  settings(): Settings
  databaseBytes(): number
}): Pick<Handlers, 'about:get' | 'about:diagnostics' | 'links:open-project'> {
  const { system } = parts
  return {
    'about:get': () => ok(aboutOf(system)),
    'about:diagnostics': () => ok({ text: diagnostics() }),
    'links:open-project': ({ page }) => {
      system.openLink(projectPages[page])
      return ok({})
    },
  }

  /** For a bug report in public: kinds and counts. No label, name, amount, address or path of the person's. */
  function diagnostics(): string {
    const about = aboutOf(system)
    const { publicUrl, zone, ...settings } = parts.settings()
    const lines = [
      `API Spend Guard ${about.version}, ${about.runtime}`,
      about.system,
      `Keys in: ${about.secretStore}`,
      `Database: ${(parts.databaseBytes() / 1e6).toFixed(1)} MB`,
      `Zone: ${zone === null ? 'of the system' : 'chosen'}. Public address: ${publicUrl === null ? 'none' : 'set'}.`,
      `Settings: ${JSON.stringify(settings)}`,
      '',
      'Accounts:',
      ...counted(
        parts
          .accounts()
          .map(({ provider, state, failure, baseUrl }) =>
            [provider, state, failure?.kind, baseUrl === null ? null : 'base URL'].filter(Boolean).join(', '),
          ),
      ),
      'Channels:',
      ...counted(parts.channels().map(({ kind, lastFailure }) => [kind, lastFailure?.kind].filter(Boolean).join(', '))),
      '',
      'Newest lines of the log:',
      ...newestOf(path.join(system.dataDir, 'guard.log')),
    ]
    const home = system.computer.homeDir
    return redact(`${lines.join('\n')}\n`.replaceAll(home, '~')) + `As of ${iso(system.clock.now())}\n`
  }
}

function aboutOf({ dataDir, secrets }: System): About {
  const { node, electron } = process.versions as NodeJS.ProcessVersions & { electron?: string }
  return {
    version,
    licence: 'AGPL-3.0-only',
    runtime: electron === undefined ? `Node ${node}` : `Electron ${electron}, Node ${node}`,
    system: `${process.platform} ${os.release()}, ${process.arch}`,
    dataDir,
    secretStore: secrets.kind,
  }
}

/** `  3 x openai, ok` */
function counted(kinds: readonly string[]): string[] {
  const groups = [...Map.groupBy(kinds, (kind) => kind)].map(([kind, all]) => `  ${all.length} x ${kind}`)
  return groups.length === 0 ? ['  none'] : groups.sort()
}

function newestOf(file: string): string[] {
  try {
    return readFileSync(file, 'utf8').trimEnd().split('\n').slice(-newestLines)
  } catch {
    return ['  none'] // nothing was ever logged
  }
}
