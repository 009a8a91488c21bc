import { readFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import path from 'node:path'
import type { OAuth2Client } from 'google-auth-library'
import { z } from 'zod'
import { fail, type Failure } from '../../../shared/failures.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import { hourMs, secondMs } from '../../../shared/time.ts'
import type { ProviderRequest } from '../../http/provider-http.ts'
import type { Token } from '../../http/token-memory.ts'
import type { AuthContext, Options } from '../adapter.ts'
import { unreadable } from '../pages.ts'
import { serviceAccount } from './key.ts'
import { monitoringProjects } from './options.ts'
import { i18n } from '../../../shared/words.ts'

const tokenAnswer = z.object({ access_token: z.string().min(1), expires_in: z.number().positive().optional() })
type TokenAnswer = z.output<typeof tokenAnswer>

/** What `gcloud auth application-default login` writes. */
const userLogin = z.object({
  type: z.literal('authorized_user'),
  client_id: z.string(),
  client_secret: z.string(),
  refresh_token: z.string(),
  quota_project_id: z.string().optional(),
})

/**
 * Exchanges what an account proves itself with for an access token. The maintained library of Google signs; its requests
 * go through `exchange`, like all others of the guard, so that it reaches no host but the adapter's.
 */
export async function signIn(secret: string, context: AuthContext): Promise<Result<Token>> {
  const { credentials } = context.options
  if (secret !== '') return withDocument(secret, context)
  if (credentials === 'machine') return asMachine(context)
  if (credentials === 'gcloud') return asUser(context)
  return err(fail('secret-missing', i18n.t('There is no key. Give one, or set the option credentials=gcloud.')))
}

/** As little as the requests of this account need. There is no scope that only reads budgets. */
export function scopesOf(options: Options): string[] {
  const all = 'https://www.googleapis.com/auth/'
  return [
    `${all}cloud-platform.read-only`,
    ...(monitoringProjects(options).length > 0 ? [`${all}monitoring.read`] : []),
    ...(options['billing_account'] ? [`${all}cloud-billing`] : []),
  ]
}

async function withDocument(text: string, context: AuthContext): Promise<Result<Token>> {
  const document = jsonOf(text)
  const account = serviceAccount.safeParse(document)
  if (account.success) {
    const { client_email: email, private_key: key, private_key_id: keyId } = account.data
    const { JWT } = await import('google-auth-library')
    const scopes = scopesOf(context.options)
    return exchanged(context, (ours) => new JWT({ email, key, scopes, ...(keyId ? { keyId } : {}), ...ours }))
  }
  const user = userLogin.safeParse(document)
  if (!user.success)
    return err(
      fail('credential-rejected', i18n.t('The credentials are neither of a service account nor of a gcloud login.')),
    )
  const { client_id: clientId, client_secret: clientSecret, refresh_token: refreshToken } = user.data
  const { UserRefreshClient } = await import('google-auth-library')
  const token = await exchanged(
    context,
    (ours) => new UserRefreshClient({ clientId, clientSecret, refreshToken, ...ours }),
  )
  return token.ok ? ok({ ...token.value, value: quoted(token.value.value, user.data.quota_project_id) }) : token
}

/**
 * The login that gcloud keeps in a file of its own. It is no secret of ours: it is read when it is needed, only where the
 * person chose so, and nothing of it is stored.
 */
async function asUser(context: AuthContext): Promise<Result<Token>> {
  const file = process.env['GOOGLE_APPLICATION_CREDENTIALS'] || path.join(gcloudFolder(), wellKnown)
  const text = await readFile(file, 'utf8').catch(() => null)
  return text === null ? err(noLogin()) : withDocument(text, context)
}

const noLogin = () =>
  fail(
    'secret-missing',
    i18n.t(
      'There is no gcloud login on this computer. Run "gcloud auth application-default login", or give the account a key.',
    ),
  )

const wellKnown = 'application_default_credentials.json'

function gcloudFolder(): string {
  const { CLOUDSDK_CONFIG: chosen, APPDATA: roaming } = process.env
  if (chosen) return chosen
  return process.platform === 'win32' && roaming
    ? path.join(roaming, 'gcloud')
    : path.join(homedir(), '.config', 'gcloud')
}

export const metadataOrigin = 'http://metadata.google.internal'

async function asMachine(context: AuthContext): Promise<Result<Token>> {
  const answer = await askForToken(context, {
    path: `${metadataOrigin}/computeMetadata/v1/instance/service-accounts/default/token`,
    query: [['scopes', scopesOf(context.options).join(',')]],
    headers: { 'metadata-flavor': 'Google' },
  })
  return answer.ok ? ok(tokenOf(answer.value)) : answer
}

type Ours = Pick<
  NonNullable<ConstructorParameters<typeof OAuth2Client>[0]> & object,
  'transporterOptions' | 'useAuthRequestParameters'
>

/** Lets a client of the library fetch its token by our own door. Its failures come back as ours, not as its errors. */
async function exchanged(context: AuthContext, make: (ours: Ours) => OAuth2Client): Promise<Result<Token>> {
  let answer: Result<TokenAnswer> | undefined
  const fetchImplementation: typeof fetch = async (url, init) => {
    const form = [...new URLSearchParams(String(init?.body ?? ''))]
    answer = await askForToken(context, { method: 'POST', path: String(url), form })
    // A refusal that it does not try again: our own door has done that.
    return answer.ok ? Response.json(answer.value) : Response.json({ error: 'refused' }, { status: 400 })
  }
  let thrown: Failure = fail(
    'credential-rejected',
    i18n.t('The private key of the document cannot be used. Create a new key.'),
  )
  try {
    // Without its own request parameters it logs nothing either.
    await make({ transporterOptions: { fetchImplementation }, useAuthRequestParameters: false }).getAccessToken()
  } catch {
    if (answer && !answer.ok) thrown = answer.failure
    return err(thrown)
  }
  return answer?.ok ? ok(tokenOf(answer.value)) : err(thrown)
}

async function askForToken(context: AuthContext, request: ProviderRequest): Promise<Result<TokenAnswer>> {
  const answer = await context.exchange(request)
  if (!answer.ok) return answer
  const parsed = tokenAnswer.safeParse(answer.value)
  return parsed.success ? ok(parsed.data) : err(unreadable(i18n.t('The sign-in'), parsed.error))
}

function tokenOf({ access_token: token, expires_in: seconds }: TokenAnswer): Token {
  return { value: `Bearer ${token}`, livesMs: seconds === undefined ? hourMs : seconds * secondMs }
}

/** A login of a person may name a project that its requests count for; it travels with the token. */
function quoted(value: string, project: string | undefined): string {
  return project ? `${value}\n${project}` : value
}

export function headersOf(value: string): Record<string, string> {
  const [authorization = '', project] = value.split('\n')
  return { authorization, ...(project ? { 'x-goog-user-project': project } : {}) }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null // which is the credentials of nobody
  }
}
