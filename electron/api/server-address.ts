import { fail } from '../../shared/failures.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import { isLoopback } from '../http/origins.ts'

export interface ServerAddress {
  origin: string
  /** Null where it has to come from somewhere else: a file, or the data folder of that guard. */
  token: string | null
}

/** The address of a guard that runs elsewhere, as `serve` printed it: the token may stand behind the `#`. */
export function parseServerAddress(text: string): Result<ServerAddress> {
  const url = URL.canParse(text) ? new URL(text) : null
  if (url?.protocol !== 'https:' && url?.protocol !== 'http:')
    return err(fail('invalid-input', '--server needs the address that "spend-guard serve" printed.'))
  if (url.protocol === 'http:' && !isLoopback(url.hostname))
    return err(
      fail('invalid-input', 'The token goes to --server in the clear: use https, or plain http on this machine only.'),
    )
  return ok({ origin: url.origin, token: new URLSearchParams(url.hash.slice(1)).get('token') })
}
