import { parseJson } from '../../electron/http/parse-json.ts'
import type { ProviderHttp, ProviderRequest } from '../../electron/http/provider-http.ts'
import { createPriceBook } from '../../electron/prices/price-book.ts'
import type { ReadContext } from '../../electron/providers/adapter.ts'
import { fail, type Failure } from '../../shared/failures.ts'
import { err, ok } from '../../shared/result.ts'

/** What a provider answers to a path, as the text that would arrive, so that numbers stay as they were written. */
export type Answering = Record<string, string | Failure | ((request: ProviderRequest) => string)>

/** A context for an adapter whose provider gives these answers, without a network. `asked` is what it was asked. */
export function answering(
  answers: Answering,
  nowMs: number,
  options: Record<string, string> = {},
): ReadContext & { asked: ProviderRequest[] } {
  const asked: ProviderRequest[] = []
  const http: ProviderHttp = {
    async send(request) {
      asked.push(request)
      const answer = answers[request.path]
      if (answer === undefined) return err(fail('not-found', `${request.path} is not known here.`))
      if (typeof answer === 'object') return err(answer)
      return ok(parseJson(typeof answer === 'string' ? answer : answer(request)))
    },
    get: (path, query = []) => http.send({ path, query }),
  }
  return { http, options, prices: createPriceBook(() => nowMs), now: () => nowMs, dir: null, asked }
}
