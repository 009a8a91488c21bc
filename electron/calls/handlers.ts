import type { CallName, ParsedRequest, Reply } from '../../shared/ipc.ts'
import type { Result } from '../../shared/result.ts'

/** Who asks: a person at the dashboard, the command line. It is written into the history of alerts. */
export type Handler<N extends CallName> = (request: ParsedRequest<N>) => Promise<Result<Reply<N>>> | Result<Reply<N>>

export type Handlers = { [N in CallName]: Handler<N> }
