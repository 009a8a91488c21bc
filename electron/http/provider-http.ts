import type { Result } from '../../shared/result.ts'

/** Repeated names stay repeated: `[['group_by', 'model'], ['group_by', 'batch']]`. */
export type Query = readonly (readonly [string, string])[]

export interface ProviderRequest {
  /** Some providers take questions by POST; every request only reads, so each may be asked twice. */
  method?: 'GET' | 'POST'
  /** A path at the first origin, or a whole address at any of them: a link to the next page, or a second host. */
  path: string
  query?: Query
  headers?: Readonly<Record<string, string>>
  json?: unknown
  form?: Query
  /** `lines`: one JSON value a line, answered as a list. */
  answer?: 'json' | 'lines'
}

/** The one way an adapter talks to its provider: origin, key, time limit, size limit and retries are already decided. */
export interface ProviderHttp {
  /** Answers the parsed JSON, in which numbers beyond a double's precision stay decimal text (see parse-json.ts). */
  send(request: ProviderRequest): Promise<Result<unknown>>
  get(path: string, query?: Query, headers?: Readonly<Record<string, string>>): Promise<Result<unknown>>
}
