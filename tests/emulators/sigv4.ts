import { createHash, createHmac } from 'node:crypto'
import type { EmulatedRequest } from './http.ts'

export interface AccessKeys {
  id: string
  secret: string
  token?: string
}

/** What the signature says, or why it does not hold. */
export type Signed = { service: string; region: string } | { problem: string }

const hash = (text: string) => createHash('sha256').update(text).digest('hex')
const hmac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest()
const oldestMs = 5 * 60_000

/** Signature version 4 from the side that checks it, after the documentation and apart from any library. */
export function verify({ method, url, headers, body }: EmulatedRequest, keys: AccessKeys, nowMs: number): Signed {
  const header = (name: string) => String(headers[name] ?? '')
  const parts =
    /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/([^/]+)\/aws4_request, ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/.exec(
      header('authorization'),
    )
  if (!parts) return { problem: 'MissingAuthenticationTokenException' }
  const [, id, day = '', region = '', service = '', names = '', signature] = parts
  if (id !== keys.id || header('x-amz-security-token') !== (keys.token ?? ''))
    return { problem: 'UnrecognizedClientException' }
  const at = header('x-amz-date')
  const atMs = Date.parse(at.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'))
  if (!at.startsWith(day) || !(Math.abs(nowMs - atMs) <= oldestMs)) return { problem: 'Signature expired' }
  const signedNames = names.split(';')
  const must = ['host', 'x-amz-date', ...(headers['x-amz-target'] ? ['x-amz-target'] : [])]
  if (must.some((name) => !signedNames.includes(name))) return { problem: 'InvalidSignatureException' }
  const query = [...url.searchParams]
    .map((pair) => pair.map(encodeURIComponent).join('='))
    .sort()
    .join('&')
  const canonical = [
    method,
    url.pathname,
    query,
    ...signedNames.map((name) => `${name}:${header(name).trim()}`),
    '',
    names,
    hash(body),
  ].join('\n')
  const scope = `${day}/${region}/${service}/aws4_request`
  const key = [day, region, service, 'aws4_request'].reduce<string | Buffer>(hmac, `AWS4${keys.secret}`)
  const expected = hmac(key, ['AWS4-HMAC-SHA256', at, scope, hash(canonical)].join('\n')).toString('hex')
  return expected === signature ? { service, region } : { problem: 'InvalidSignatureException' }
}
