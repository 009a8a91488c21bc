import { fail } from '../../shared/failures.ts'
import { err, type Result } from '../../shared/result.ts'
import { secondMs } from '../../shared/time.ts'
import { userAgent } from '../../shared/version.ts'
import { networkFailure } from '../http/network-failure.ts'
import { readBody } from '../http/read-body.ts'
import type { PublishedRate } from '../storage/rates.ts'
import type { System } from '../system.ts'
import { parseReferenceRates } from './reference-rates.ts'
import { i18n } from '../../shared/words.ts'

const origin = 'https://www.ecb.europa.eu'
const files = {
  day: `${origin}/stats/eurofxref/eurofxref-daily.xml`,
  quarter: `${origin}/stats/eurofxref/eurofxref-hist-90d.xml`,
}
const timeoutMs = 15 * secondMs
/** The file of 90 days has some 80 kB. */
const largestAnswer = 1_000_000
const mostRedirects = 3

/**
 * Asks the European Central Bank for the rates of its newest day, or of the last 90. No key, no cookie, nothing about the
 * person goes along, and no redirect leads to another host.
 */
export async function readReferenceRates(
  system: Pick<System, 'fetch' | 'clock'>,
  file: keyof typeof files,
  stopped: AbortSignal,
): Promise<Result<PublishedRate[]>> {
  try {
    let target = files[file]
    for (let redirects = 0; redirects <= mostRedirects; redirects++) {
      const answer = await system.fetch(target, {
        redirect: 'manual',
        credentials: 'omit',
        headers: { accept: 'text/xml, application/xml', 'user-agent': userAgent },
        signal: AbortSignal.any([stopped, AbortSignal.timeout(timeoutMs)]),
      })
      const location = answer.headers.get('location')
      if (answer.status >= 300 && answer.status < 400 && location && URL.canParse(location, target)) {
        await answer.body?.cancel()
        const next = new URL(location, target)
        if (next.origin !== origin)
          return err(
            fail('refused-host', i18n.t('The ECB redirects to {host}, which is not followed.', { host: next.host })),
          )
        target = next.href
        continue
      }
      const body = await readBody(answer, largestAnswer)
      if (!body.ok) return body
      if (answer.status !== 200)
        return err(
          fail('provider-down', i18n.t('The ECB answered {status}.', { status: answer.status }), {
            status: answer.status,
          }),
        )
      return parseReferenceRates(body.value, system.clock.now())
    }
    return err(fail('unexpected-response', i18n.t('The ECB redirects in circles.')))
  } catch (error) {
    return err(networkFailure(error))
  }
}
