import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

// The same arrows as in .oxlintrc.json, proved by walking the imports: the lint can be switched off, line by line.

interface Import {
  from: string
  /** A path from the root of the project, or the name of a package. */
  to: string
  isPackage: boolean
  typeOnly: boolean
}

const root = fileURLToPath(new URL('../..', import.meta.url))
const imports = ['electron', 'renderer', 'shared'].flatMap(sourceFiles).flatMap(importsOf)

describe('the layers', () => {
  it('has found the sources', () => {
    expect(imports.length).toBeGreaterThan(300)
  })

  it('point one way: renderer -> shared <- electron', () => {
    expect(violations(isIn('shared/'), isIn('shared/'), ofTheProject)).toEqual([])
    expect(violations(isIn('renderer/'), isIn('renderer/', 'shared/'), ofTheProject)).toEqual([])
    expect(violations(isIn('electron/'), isIn('electron/', 'shared/'), ofTheProject)).toEqual([])
  })

  it('keep Node out of pages and of what both sides need', () => {
    expect(violations(isIn('renderer/', 'shared/'), (to) => !to.startsWith('node:'))).toEqual([])
  })

  it('let only the shell know Electron', () => {
    const shell = isIn('electron/main.ts', 'electron/preload.ts', 'electron/ipc/', 'electron/shell/')
    expect(violations(not(shell), (to) => to !== 'electron' && to !== 'electron-store')).toEqual([])
  })

  it('let only storage speak SQL', () => {
    expect(violations(not(isIn('electron/storage/')), (to) => to !== 'better-sqlite3')).toEqual([])
  })

  it('let only the keychain process load keytar', () => {
    expect(violations(not(isIn('electron/secrets/keychain-process.ts')), (to) => to !== 'keytar')).toEqual([])
  })

  it('let only the sender of mail speak SMTP, past the door that all others use', () => {
    const smtp = isIn('electron/alerts/channels/smtp.ts')
    expect(violations(not(smtp), (to) => to !== 'nodemailer', valuesOnly)).toEqual([])
  })
})

describe('what decides without effects', () => {
  const decisions = isIn(
    'electron/detection/',
    'electron/polling/poll-schedule.ts',
    'electron/polling/pause.ts',
    'electron/alerts/life-cycle.ts',
    'electron/alerts/channels/wording.ts',
    'electron/discovery/what.ts',
    'electron/discovery/environment.ts',
    'electron/discovery/dotenv.ts',
    'electron/discovery/profiles.ts',
    'electron/discovery/present.ts',
    'electron/ledger/effective.ts',
    'electron/ledger/calibration.ts',
  )
  it('runs nothing but shared code and other decisions', () => {
    expect(violations(decisions, either(isIn('shared/'), decisions), valuesOnly)).toEqual([])
  })

  it('includes judges that do not even see the types of the rest', () => {
    expect(violations(isIn('electron/detection/'), isIn('shared/', 'electron/detection/'))).toEqual([])
  })
})

/** What single files of adapters need besides, and no other. */
const ownNeeds: readonly (readonly [file: string, need: string])[] = [
  // The language of manifests is one that others know, so it is not ours to write.
  ['electron/providers/custom/expression.ts', '@jmespath-community/jmespath'],
  // Where a manifest is broken, which the engine's own parser does not always say.
  ['electron/providers/custom/manifest.ts', 'lossless-json'],
  // A signature over a request as it goes out is nothing to write a second time.
  ['electron/providers/aws/sign.ts', 'aws4fetch'],
  // Google's library signs; it asks through our own door. The login that gcloud keeps is a file of gcloud.
  ['electron/providers/gcp/sign-in.ts', 'google-auth-library'],
  ['electron/providers/gcp/sign-in.ts', 'node:fs/promises'],
  ['electron/providers/gcp/sign-in.ts', 'node:os'],
  ['electron/providers/gcp/sign-in.ts', 'node:path'],
  // The rate of the bill's currency, remembered for a day in the account's folder.
  ['electron/providers/gcp/currency.ts', 'node:fs/promises'],
  ['electron/providers/gcp/currency.ts', 'node:path'],
]

describe('adapters', () => {
  it('parse and price, and get everything else handed in', () => {
    const giveWay = 'electron/breather.ts'
    const parsing = ['electron/http/json-schema.ts', 'electron/http/origins.ts', 'electron/http/retry-after.ts']
    const allowed = isIn('electron/providers/', 'electron/prices/', ...parsing, giveWay, 'shared/')
    const isOwnNeed = ({ from, to }: Import) => ownNeeds.some(([file, need]) => from === file && to === need)
    // The one whose source is this computer.
    const local = isIn('electron/providers/agent-logs/')
    const asked = violations(
      (from) => isIn('electron/providers/')(from) && !local(from),
      either(allowed, (to) => to === 'zod'),
      (one) => valuesOnly(one) && !isOwnNeed(one),
    )
    expect(asked).toEqual([])
    const disk = either(isIn('electron/agent-logs/', 'electron/discovery/computer.ts'), (to) => to.startsWith('node:'))
    expect(violations(local, either(allowed, disk), valuesOnly)).toEqual([])
  })

  it('do not know each other', () => {
    const strangers = imports.filter(({ from, to }) => {
      const [own, other] = [from, to].map((file) => /^electron\/providers\/(\w+)\//.exec(file)?.[1])
      return own !== undefined && other !== undefined && own !== other
    })
    expect(strangers).toEqual([])
  })
})

/** Imports of files in `where` that lead to what is not allowed. */
function violations(
  where: (file: string) => boolean,
  allowed: (to: string) => boolean,
  which: (one: Import) => boolean = () => true,
): string[] {
  return imports
    .filter((one) => which(one) && where(one.from) && !allowed(one.to))
    .map(({ from, to }) => `${from} imports ${to}`)
}

function isIn(...places: string[]): (file: string) => boolean {
  return (file) => places.some((place) => (place.endsWith('/') ? file.startsWith(place) : file === place))
}

function not(test: (file: string) => boolean): (file: string) => boolean {
  return (file) => !test(file)
}

function either(...tests: ((to: string) => boolean)[]): (to: string) => boolean {
  return (to) => tests.some((test) => test(to))
}

function ofTheProject({ isPackage }: Import): boolean {
  return !isPackage
}

function valuesOnly({ typeOnly }: Import): boolean {
  return !typeOnly
}

function sourceFiles(folder: string): string[] {
  return readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file))
    .map((file) => path.posix.join(folder, file.split(path.sep).join('/')))
}

function importsOf(from: string): Import[] {
  const text = readFileSync(path.join(root, from), 'utf8')
  const statements = text.matchAll(/^(?:import|export) (type )?(?:[^'";]*? from )?'([^']+)'/gm)
  const dynamic = text.matchAll(/\b(?:import|require)\( *'([^']+)' *\)/g)
  const one = (to: string, typeOnly: boolean): Import =>
    to.startsWith('.')
      ? { from, to: path.posix.join(path.posix.dirname(from), to), isPackage: false, typeOnly }
      : { from, to, isPackage: true, typeOnly }
  return [
    ...[...statements].map(([, type, to = '']) => one(to, type !== undefined)),
    ...[...dynamic].map(([, to = '']) => one(to, false)),
  ]
}
