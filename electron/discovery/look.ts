import { readdir, stat } from 'node:fs/promises'
import type { Trace } from '../../shared/discovery.ts'
import { pathOf, placeOf, shortPath, type Computer } from './computer.ts'
import { createDotenvReader } from './dotenv.ts'
import { inEnvironment } from './environment.ts'
import { isAbsent, readNames, whyNot } from './files.ts'
import { upToRepository, usualLimits, walk } from './folders.ts'
import { configurationName, createHostReader, createSectionReader } from './profiles.ts'
import { recognise, shellFiles, what, type Place } from './what.ts'
import { i18n } from '../../shared/words.ts'
import { fileText } from './file-words.ts'

/** A trace, and whose it is. */
export type ProviderTrace = Trace & { provider: string }

export interface Look {
  traces: ProviderTrace[]
  unread: { where: string; why: string }[]
  stopped: string | null
}

export interface LookOptions {
  /** Project folders, with all that is in them. */
  folders: readonly string[]
  /** The folder a person stands in, with those above it up to the root of its repository. */
  standingIn: string | null
}

/** Looks for names of credentials. Everything it answers is a name, a place or a sentence of ours. */
export async function look(computer: Computer, { folders, standingIn }: LookOptions): Promise<Look> {
  const seen: Look = { traces: inEnvironment(computer.env), unread: [], stopped: null }
  const couldNot = (file: string, why: string) => seen.unread.push({ where: shortPath(file, computer), why })

  const looked = new Set<string>() // a variable may say what holds without it
  for (const [provider, { places = [] }] of Object.entries(what)) {
    for (const place of places) {
      const file = placeOf(place.path, computer)
      if (file === null || looked.has(file)) continue
      looked.add(file)
      const names = await namesAt(file, place, couldNot)
      seen.traces.push(...names.map((trace) => ({ ...trace, provider, where: shortPath(file, computer) })))
    }
  }

  const dotenv = async (file: string, links: 'follow' | 'refuse') => {
    const reader = createDotenvReader()
    const problem = await readNames(file, reader, links)
    if (problem !== null) couldNot(file, problem)
    for (const name of reader.names()) {
      const known = recognise(name)
      if (known) seen.traces.push({ ...known, kind: 'variable', name, where: shortPath(file, computer) })
    }
  }
  // People keep these files as links into a repository of their own.
  for (const file of shellFiles) {
    const place = placeOf(file, computer)
    if (place !== null && (await exists(place, couldNot))) await dotenv(place, 'follow')
  }
  for (const file of await dotenvFiles(computer, { folders, standingIn }, seen, couldNot)) await dotenv(file, 'refuse')
  return seen
}

async function dotenvFiles(
  computer: Computer,
  { folders, standingIn }: LookOptions,
  seen: Look,
  couldNot: (file: string, why: string) => void,
): Promise<Set<string>> {
  const named = folders.flatMap((folder) => {
    const place = pathOf(folder, computer)
    if (place === null) couldNot(folder, i18n.t('Give the whole path of the folder, from the root or from ~.'))
    return place === null ? [] : [place]
  })
  const above = standingIn === null ? [] : await upToRepository(standingIn)
  const files = new Set<string>()
  for (const found of [await walk(above, { ...usualLimits, depth: 0 }), await walk(named)]) {
    for (const file of found.files) files.add(file)
    for (const { where, why } of found.unread) couldNot(where, why)
    seen.stopped ??= found.stopped
  }
  return files
}

type Name = Omit<Trace, 'where'>

async function namesAt(
  file: string,
  { names, ability }: Place,
  couldNot: (file: string, why: string) => void,
): Promise<Name[]> {
  if (!(await exists(file, couldNot))) return []
  const profiles = (found: readonly string[]) => found.map((name): Name => ({ kind: 'profile', name, ability }))
  switch (names) {
    case 'sections':
    case 'hosts': {
      const reader = names === 'hosts' ? createHostReader() : createSectionReader()
      const problem = await readNames(file, reader, 'follow')
      if (problem !== null) couldNot(file, problem)
      return profiles(reader.names())
    }
    case 'configurations': {
      const files = await readdir(file).catch((error: unknown) => {
        couldNot(file, whyNot(error))
        return []
      })
      return profiles(files.flatMap((each) => configurationName(each) ?? []))
    }
    default:
      return [{ kind: 'file', name: fileText(names), ability }]
  }
}

/** That most places are not there is usual and not worth a word. */
async function exists(file: string, couldNot: (file: string, why: string) => void): Promise<boolean> {
  try {
    await stat(file)
    return true
  } catch (error) {
    if (!isAbsent(error)) couldNot(file, whyNot(error))
    return false
  }
}
