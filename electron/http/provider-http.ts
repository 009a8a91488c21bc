import type { Result } from '../../shared/result.ts'

/** Repeated names stay repeated: `[['group_by', 'model'], ['group_by', 'batch']]`. */
export type Query = readonly (readonly [string, string])[]

/** The one way an adapter talks to its provider: origin, key, time limit, size limit and retries are already decided. */
export interface ProviderHttp {
  /** Answers the parsed JSON, in which numbers beyond a double's precision stay decimal text (see parse-json.ts). */
  get(path: string, query?: Query, headers?: Readonly<Record<string, string>>): Promise<Result<unknown>>
}
