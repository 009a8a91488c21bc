import { useState } from 'react'
import { useGuard } from './use-guard.ts'
import { pieceBytes } from '../../shared/imports.ts'
import type { Reply } from '../../shared/ipc.ts'
import { ok, type Result } from '../../shared/result.ts'

export interface Upload {
  /** Hands files over, one after the other; answers what an import takes for them. */
  run: (files: readonly File[]) => Promise<Result<string[]>>
  /** Share that is handed over, 0 to 1; null when nothing is under way. */
  share: number | null
}

/** A page cannot name a file of the guard's computer, and the guard may run on another one: the bytes travel. */
export function useUpload(): Upload {
  const guard = useGuard()
  const [share, setShare] = useState<number | null>(null)

  /** An empty file has one piece too, so that it is refused in words. */
  async function handOverOne(file: File, onSent: (bytes: number) => void): Promise<Result<string>> {
    for (let upload: string | null = null, at = 0; ; at += pieceBytes) {
      const piece = await base64Of(file.slice(at, at + pieceBytes))
      const answer: Result<Reply<'imports:upload'>> = await guard.call('imports:upload', {
        upload,
        name: file.name,
        at,
        piece,
      })
      if (!answer.ok) return answer
      upload = answer.value.upload
      onSent(at + pieceBytes)
      if (at + pieceBytes >= file.size) return ok(upload)
    }
  }

  async function handOver(files: readonly File[]): Promise<Result<string[]>> {
    const all = files.reduce((sum, { size }) => sum + size, 0)
    const uploads: string[] = []
    let before = 0
    for (const file of files) {
      const sent = await handOverOne(file, (at) => setShare(all === 0 ? 1 : Math.min(1, (before + at) / all)))
      if (!sent.ok) return sent
      before += file.size
      uploads.push(sent.value)
    }
    return ok(uploads)
  }

  return {
    share,
    async run(files) {
      setShare(0)
      try {
        return await handOver(files)
      } finally {
        setShare(null)
      }
    },
  }
}

/** In steps: an argument list has an end. */
async function base64Of(piece: Blob): Promise<string> {
  const bytes = new Uint8Array(await piece.arrayBuffer())
  const steps: string[] = []
  for (let at = 0; at < bytes.length; at += 8_192) steps.push(String.fromCharCode(...bytes.subarray(at, at + 8_192)))
  return btoa(steps.join(''))
}
