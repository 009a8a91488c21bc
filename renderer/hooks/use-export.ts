import { useMutation } from '@tanstack/react-query'
import type { Failure } from '../../shared/failures.ts'
import type { Reply, Request } from '../../shared/ipc.ts'
import { ok, type Result } from '../../shared/result.ts'
import { useGuard } from './use-guard.ts'

/** A whole file, in the pieces that it came in. */
export interface Exported {
  pieces: string[]
  rows: number
}

type Piece = Reply<'spend:export'>
type ExportCall = 'spend:export' | 'alerts:export'

export interface Export<N extends ExportCall> {
  run: (request: Omit<Request<N>, 'after'>) => Promise<Result<Exported>>
  busy: boolean
  failure: Failure | null
  value: Exported | undefined
}

/** Asks for an export piece by piece until it is whole. */
export function useExport<N extends ExportCall>(name: N): Export<N> {
  const guard = useGuard()
  const mutation = useMutation<Result<Exported>, Error, Omit<Request<N>, 'after'>>({
    mutationFn: async (request) => {
      const exported: Exported = { pieces: [], rows: 0 }
      for (let after: string | null = null; ;) {
        // The same for every export, which the compiler cannot see through the name.
        const piece = (await guard.call(name, { ...request, after } as Request<N>)) as Result<Piece>
        if (!piece.ok) return piece
        exported.pieces.push(piece.value.text)
        exported.rows += piece.value.rows
        if (piece.value.next === null) return ok(exported)
        after = piece.value.next
      }
    },
  })
  return {
    run: (request) => mutation.mutateAsync(request),
    busy: mutation.isPending,
    failure: mutation.data && !mutation.data.ok ? mutation.data.failure : null,
    value: mutation.data?.ok ? mutation.data.value : undefined,
  }
}
