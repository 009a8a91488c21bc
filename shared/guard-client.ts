import type { CallName, Push, PushName, Reply, Request } from './ipc.ts'
import type { Result } from './result.ts'

/** The guard as every user interface sees it, whatever carries the calls: function call, Electron IPC or HTTP. */
export interface GuardClient {
  call<N extends CallName>(name: N, request: Request<N>): Promise<Result<Reply<N>>>
  /** Returns how to stop listening. */
  on<N extends PushName>(name: N, listener: (push: Push<N>) => void): () => void
}
