import { randomUUID } from 'node:crypto'
import { appendFileSync, existsSync, mkdirSync, rmSync, statSync } from 'node:fs'
import path from 'node:path'
import { fail } from '../../shared/failures.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import { i18n } from '../../shared/words.ts'

/** A page with the token of a run must not be able to fill the disk without end. */
const largestFile = 8_000_000_000

export type Uploads = ReturnType<typeof createUploads>

/**
 * Files on their way from a page to an import, piece by piece. A page hands over what a person chose there, wherever its
 * browser runs; it never names a file for the guard to open.
 */
export function createUploads(dataDir: string) {
  const folder = path.join(dataDir, 'incoming')
  // Of a run that ended in the middle.
  rmSync(folder, { recursive: true, force: true })
  const files = new Map<string, string>()

  return {
    /** Adds a piece; the first one, of no upload yet, begins it. Answers how much is there. */
    add(upload: string | null, name: string, at: number, piece: Buffer): Result<{ upload: string; bytes: number }> {
      const id = upload ?? randomUUID()
      const file = files.get(id) ?? (upload === null ? path.join(folder, id, plainName(name)) : null)
      if (file === null) return err(fail('not-found', i18n.t('That upload is over. Choose the file again.')))
      const size = existsSync(file) ? statSync(file).size : 0
      if (at !== size)
        return err(fail('invalid-input', i18n.t('A piece of the file is missing. Choose the file again.')))
      if (size + piece.length > largestFile)
        return err(
          fail('invalid-input', i18n.t('The file is too large to upload. Import it by the command line instead.')),
        )
      try {
        mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 })
        appendFileSync(file, piece, { mode: 0o600 })
      } catch (error) {
        this.drop([id])
        if ((error as { code?: string }).code !== 'ENOSPC') throw error
        return err(
          fail('disk-full', i18n.t('The disk of the guard is full. Free some space and choose the file again.')),
        )
      }
      files.set(id, file)
      return ok({ upload: id, bytes: size + piece.length })
    },
    /** Where they lie; null where one is not there. */
    paths(uploads: readonly string[]): string[] | null {
      const found = uploads.map((id) => files.get(id))
      return found.every((file) => file !== undefined) ? found : null
    },
    drop(uploads: readonly string[]): void {
      for (const id of uploads) {
        if (files.delete(id)) rmSync(path.join(folder, id), { recursive: true, force: true })
      }
    },
  }
}

/** As a file may be called everywhere; it is shown again where something is wrong with it. */
function plainName(name: string): string {
  const plain = path
    .basename(name.replaceAll('\\', '/'))
    .replace(/[^\p{L}\p{N} ._-]/gu, '_')
    .slice(-100)
  return plain.replace(/^\.+/, '') || 'file'
}
