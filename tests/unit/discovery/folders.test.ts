import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { upToRepository, usualLimits, walk } from '../../../electron/discovery/folders.ts'

let root = ''
beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'spend-guard-folders-'))
})
afterEach(() => rm(root, { recursive: true, force: true }))

const inRoot = (...parts: string[]) => path.join(root, ...parts)

async function put(...parts: string[]): Promise<string> {
  await mkdir(path.dirname(inRoot(...parts)), { recursive: true })
  await writeFile(inRoot(...parts), 'A=1\n')
  return inRoot(...parts)
}

describe('looking through a project folder', () => {
  it('finds its dotenv files and those of the folders in it, shallow ones first', async () => {
    const deep = await put('apps', 'web', '.env.local')
    const shallow = await put('.env')
    await put('README.md')
    expect(await walk([root])).toEqual({ files: [shallow, deep], unread: [], stopped: null })
  })

  it("passes by other people's code and follows no link", async () => {
    await put('node_modules', 'x', '.env')
    await put('.git', '.env')
    const elsewhere = await mkdtemp(path.join(tmpdir(), 'spend-guard-elsewhere-'))
    await writeFile(path.join(elsewhere, '.env'), 'A=1\n')
    await symlink(elsewhere, inRoot('linked'))
    await symlink(path.join(elsewhere, '.env'), inRoot('.env'))
    expect((await walk([root])).files).toEqual([])
    await rm(elsewhere, { recursive: true })
  })

  it('names a folder that it may not read, or that is not there, and goes on', async () => {
    const found = await put('open', '.env')
    // Whoever is root may read anything, so what is no folder stands in for what is closed.
    const missing = inRoot('missing')
    const seen = await walk([missing, root])
    expect(seen.files).toEqual([found])
    expect(seen.unread).toEqual([{ where: missing, why: 'There is no such file or folder.' }])
  })

  it.skipIf(process.platform === 'win32' || process.getuid?.() === 0)('names a closed folder', async () => {
    await put('closed', '.env')
    await chmod(inRoot('closed'), 0o000)
    const seen = await walk([root])
    await chmod(inRoot('closed'), 0o700)
    expect(seen.unread).toEqual([{ where: inRoot('closed'), why: 'The guard may not read it.' }])
  })

  it('goes so deep, so wide and so long, and says when it ended early', async () => {
    for (const name of ['a', 'b', 'c']) await put(name, 'x', '.env')
    expect((await walk([root], { ...usualLimits, depth: 1 })).files).toEqual([])
    expect((await walk([root], { ...usualLimits, files: 2 })).files).toHaveLength(2)
    expect((await walk([root], { ...usualLimits, files: 2 })).stopped).toContain('2 files')
    expect((await walk([root], { ...usualLimits, folders: 3 })).stopped).toContain('3 folders')
    let ms = 0
    const late = await walk([root], { ...usualLimits, ms: 2_000 }, () => (ms += 1_500))
    expect(late.stopped).toContain('2 seconds')
  })
})

describe('from the folder a person stands in', () => {
  it('goes up to the root of its repository and no further', async () => {
    await mkdir(inRoot('repo', '.git'), { recursive: true })
    await mkdir(inRoot('repo', 'apps', 'web'), { recursive: true })
    expect(await upToRepository(inRoot('repo', 'apps', 'web'))).toEqual([
      inRoot('repo', 'apps', 'web'),
      inRoot('repo', 'apps'),
      inRoot('repo'),
    ])
  })

  it('goes nowhere outside of one', async () => {
    expect(await upToRepository(root)).toEqual([root])
  })
})
