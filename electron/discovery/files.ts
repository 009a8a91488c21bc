import { constants } from 'node:fs'
import { open, type FileHandle } from 'node:fs/promises'
import type { NameReader } from './dotenv.ts'
import { i18n } from '../../shared/words.ts'

/** No file of names is longer; a database somebody called `.env` is. */
const largestFile = 256_000

/** Reads the names of one file. Answers why it could not, or why names may be missing; null when all is well. */
export async function readNames(file: string, reader: NameReader, links: 'follow' | 'refuse'): Promise<string | null> {
  let handle: FileHandle | null = null
  try {
    // Without O_NONBLOCK a named pipe would be waited for; what a system does not have is undefined there.
    const noFollow = links === 'refuse' ? ((constants.O_NOFOLLOW as number | undefined) ?? 0) : 0
    handle = await open(file, constants.O_RDONLY | noFollow | ((constants.O_NONBLOCK as number | undefined) ?? 0))
    const facts = await handle.stat()
    if (!facts.isFile()) return i18n.t('It is not a file.')
    if (facts.size > largestFile) return i18n.t('It is too large to be a file of names.')
    for await (const piece of handle.createReadStream({ encoding: 'utf8', autoClose: false }))
      reader.feed(String(piece))
    return reader.doubt()
  } catch (error) {
    return whyNot(error)
  } finally {
    await handle?.close()
  }
}

export function isAbsent(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException
  return code === 'ENOENT' || code === 'ENOTDIR' || code === 'ENAMETOOLONG'
}

/** A sentence for an error of the file system; its own message would quote the whole path again. */
export function whyNot(error: unknown): string {
  const { code } = error as NodeJS.ErrnoException
  switch (code) {
    case 'EACCES':
    case 'EPERM':
      return i18n.t('The guard may not read it.')
    case 'ENOENT':
      return i18n.t('There is no such file or folder.')
    case 'ENOTDIR':
      return i18n.t('It is not a folder.')
    case 'ELOOP':
      return i18n.t('It is a link to somewhere else, which is not followed.')
    default:
      return i18n.t('It cannot be read ({code}).', { code: code ?? 'unknown' })
  }
}
