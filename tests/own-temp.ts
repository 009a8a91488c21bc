import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

/** Whatever tests leave among the temporary files is in one folder, which goes when they end. */
export default function ownTemp(): () => void {
  // Short: sockets of a browser lie below it, and some systems allow a path of a hundred characters.
  const folder = mkdtempSync(path.join(tmpdir(), 'guard-'))
  for (const name of ['TMPDIR', 'TEMP', 'TMP']) process.env[name] = folder
  return () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 })
}
