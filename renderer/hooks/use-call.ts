import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useGuard } from './use-guard.ts'
import type { Failure } from '../../shared/failures.ts'
import type { CallName, Reply, Request } from '../../shared/ipc.ts'
import type { Result } from '../../shared/result.ts'

/** Carries a failure through the query library, which knows errors only. */
export class CallFailed extends Error {
  readonly failure: Failure
  constructor(failure: Failure) {
    super(failure.message)
    this.failure = failure
  }
}

export interface Answer<T> {
  /** The newest good answer, kept while a later read fails. */
  value: T | undefined
  /** Why the newest read failed; null when it did not. */
  failure: Failure | null
  /** When `value` was read; 0 when there is none. */
  readAtMs: number
  retry: () => void
}

const refreshMs = 60_000
const retryMs = 5_000

/**
 * Asks the guard and keeps the answer fresh: pushes make it stale (use-pushes), a slow timer is the safety net. With
 * `keepsOld` the answer to the question before stays on the screen until the new one is there. What is not wanted is not asked.
 */
export function useCall<N extends CallName>(
  name: N,
  request: Request<N>,
  {
    keepsOld = false,
    isWanted = true,
    everyMs = refreshMs,
  }: { keepsOld?: boolean; isWanted?: boolean; everyMs?: number } = {},
): Answer<Reply<N>> {
  const guard = useGuard()
  const query = useQuery<Reply<N>, CallFailed>({
    queryKey: [name, request],
    queryFn: async () => {
      const result = await guard.call(name, request)
      if (!result.ok) throw new CallFailed(result.failure)
      return result.value
    },
    retry: false,
    enabled: isWanted,
    refetchInterval: (state) => (state.state.error ? retryMs : everyMs),
    staleTime: refreshMs,
    ...(keepsOld ? { placeholderData: keepPreviousData } : {}),
  })
  return {
    value: query.data,
    failure: query.error?.failure ?? null,
    readAtMs: query.dataUpdatedAt,
    retry: () => void query.refetch(),
  }
}

export interface Action<N extends CallName> {
  run: (request: Request<N>) => Promise<Result<Reply<N>>>
  busy: boolean
  failure: Failure | null
  value: Reply<N> | undefined
  reset: () => void
}

/** A call that changes something. Afterwards everything on the screen is read again. */
export function useAction<N extends CallName>(name: N): Action<N> {
  const guard = useGuard()
  const queries = useQueryClient()
  const mutation = useMutation<Result<Reply<N>>, Error, Request<N>>({
    mutationFn: (request) => guard.call(name, request),
    onSuccess: async (result) => {
      if (result.ok) await queries.invalidateQueries()
    },
  })
  return {
    run: (request) => mutation.mutateAsync(request),
    busy: mutation.isPending,
    failure: mutation.data && !mutation.data.ok ? mutation.data.failure : null,
    value: mutation.data?.ok ? mutation.data.value : undefined,
    reset: () => mutation.reset(),
  }
}
