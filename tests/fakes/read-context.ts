import type { ProviderRequest } from '../../electron/http/provider-http.ts'
import { createPriceBook } from '../../electron/prices/price-book.ts'
import type { ReadContext } from '../../electron/providers/adapter.ts'
import type { Failure } from '../../shared/failures.ts'
import { err, ok } from '../../shared/result.ts'

export interface Asking {
  context: ReadContext
  /** Path and query of everything that was asked. */
  asked: string[]
}

/** What an adapter reads with: a provider that says whatever the test wants it to say. A failure is thrown as one. */
export function asking(
  answer: (asked: string) => unknown,
  facts: { nowMs: number; options?: Record<string, string> },
): Asking {
  const asked: string[] = []
  const send = async ({ path, query = [] }: ProviderRequest) => {
    const text = query.map(([name, value]) => `${name}=${value}`).join('&')
    asked.push(text ? `${path}?${text}` : path)
    try {
      return ok(answer(asked.at(-1) ?? ''))
    } catch (thrown) {
      if (thrown instanceof Error) throw thrown
      return err(thrown as Failure)
    }
  }
  const context: ReadContext = {
    http: { send, get: (path, query = [], headers = {}) => send({ path, query, headers }) },
    options: facts.options ?? {},
    prices: createPriceBook(),
    now: () => facts.nowMs,
    dir: null,
  }
  return { context, asked }
}
