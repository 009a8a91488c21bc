import { AwsV4Signer } from 'aws4fetch'
import { fail } from '../../../shared/failures.ts'
import { err, ok } from '../../../shared/result.ts'
import { iso } from '../../../shared/time.ts'
import type { Auth, AuthContext } from '../adapter.ts'
import { i18n } from '../../../shared/words.ts'

/** `AKIA…:secret`, and the token of a temporary key behind another colon. None of the parts has a colon of its own. */
export interface AccessKey {
  accessKeyId: string
  secretAccessKey: string
  sessionToken?: string
}

export function accessKeyOf(secret: string): AccessKey {
  const [accessKeyId = '', secretAccessKey = '', sessionToken] = secret.split(':')
  return { accessKeyId, secretAccessKey, ...(sessionToken ? { sessionToken } : {}) }
}

/**
 * Signature version 4: the key itself never travels. It covers the address, the headers of AWS, the body and the time, so
 * each request is signed anew; other headers are free to be changed on the way. Service and region come from the address
 * that the adapter asked for.
 */
export function signer(secret: string, { now }: Pick<AuthContext, 'now'>): Auth {
  const key = accessKeyOf(secret)
  return async ({ method, url, asked, headers, body }) => {
    const [, service, region] = /^https:\/\/([a-z]+)\.([a-z0-9-]+)\.amazonaws\.com\b/.exec(asked) ?? []
    if (!service || !region) return err(fail('internal', i18n.t('A request to AWS names no service and region.')))
    const signed = await new AwsV4Signer({
      ...key,
      method,
      url: url.href,
      headers: Object.fromEntries(Object.entries(headers).filter(([name]) => name.startsWith('x-amz-'))),
      body: body ?? '',
      service,
      region,
      datetime: iso(now()).replace(/[:-]|\.\d{3}/g, ''),
    }).sign()
    return ok(
      Object.fromEntries(
        proofs.flatMap((name) => {
          const value = signed.headers.get(name)
          return value === null ? [] : [[name, value]]
        }),
      ),
    )
  }
}

const proofs = ['authorization', 'x-amz-date', 'x-amz-security-token']
