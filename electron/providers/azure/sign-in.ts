import { err, ok } from '../../../shared/result.ts'
import { secondMs } from '../../../shared/time.ts'
import type { Auth, AuthContext } from '../adapter.ts'
import { unreadable } from '../pages.ts'
import { tokenPage } from './schema.ts'
import { i18n } from '../../../shared/words.ts'

export const management = 'https://management.azure.com'
export const login = 'https://login.microsoftonline.com'

/** The client secret goes to the token endpoint alone; costs are read with the token, which lives about an hour. */
export function signIn(secret: string, { options, now, tokens, exchange }: AuthContext): Auth {
  return async () => {
    const token = await tokens.get(now(), async () => {
      const answer = await exchange({
        method: 'POST',
        path: `${login}/${encodeURIComponent(options['tenant'] ?? '')}/oauth2/v2.0/token`,
        form: [
          ['grant_type', 'client_credentials'],
          ['client_id', options['client_id'] ?? ''],
          ['client_secret', secret],
          ['scope', `${management}/.default`],
        ],
      })
      if (!answer.ok) return answer
      const page = tokenPage.safeParse(answer.value)
      if (!page.success) return err(unreadable(i18n.t('The sign-in'), page.error))
      return ok({ value: page.data.access_token, livesMs: page.data.expires_in * secondMs })
    })
    return token.ok ? ok({ authorization: `Bearer ${token.value}` }) : token
  }
}
