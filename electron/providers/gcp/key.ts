import { z } from 'zod'
import { lookUp } from '../../../shared/look-up.ts'
import type { KeyKind, Options } from '../adapter.ts'
import { settingsOf } from './options.ts'
import { i18n, sentences } from '../../../shared/words.ts'

const create = () =>
  i18n.t(
    'Create a service account with BigQuery Job User and BigQuery Data Viewer under IAM & Admin, Service Accounts, and a JSON key for it; give that whole document.',
  )

/** A key document as Google makes it; only what signing in needs. */
export const serviceAccount = z.object({
  type: z.literal('service_account'),
  client_email: z.string().min(1),
  private_key: z.string().regex(/-----BEGIN [A-Z ]*PRIVATE KEY-----/),
  private_key_id: z.string().optional(),
})

const anyDocument = z.object({ type: z.string().optional(), universe_domain: z.string().optional() })

/** Other things that people hold for a key, by how they begin. */
const strangers: readonly (readonly [start: RegExp, kind: () => string, why: () => string])[] = [
  [
    /^(AIza|AQ\.)/,
    () => i18n.t('API key'),
    () => i18n.t('This is an API key: it can spend money but not read the bill.'),
  ],
  [/^ya29\./, () => i18n.t('Access token'), () => i18n.t('This is an access token, which lives for an hour only.')],
  [
    /^GOCSPX-/,
    () => i18n.t('OAuth client secret'),
    () => i18n.t('This is the secret of an OAuth client, which reads nothing by itself.'),
  ],
  [
    /^-----BEGIN/,
    () => i18n.t('Private key'),
    () => i18n.t('This is the private key alone, without the account it belongs to.'),
  ],
]

/** Documents that are no key of a service account, by their type. */
const otherTypes: Readonly<Record<string, readonly [kind: () => string, why: () => string]>> = {
  authorized_user: [
    () => 'gcloud login',
    () =>
      i18n.t(
        'This is your own login, which can do all that you can. Leave the key empty and set credentials=gcloud, or better:',
      ),
  ],
  external_account: [
    () => 'Workload identity',
    () => i18n.t('This is a workload identity configuration, which the guard cannot use.'),
  ],
  impersonated_service_account: [
    () => 'Impersonation',
    () => i18n.t('This is an impersonation, which the guard cannot use.'),
  ],
}

/** What the text of a key, and of the options it comes with, tells before anything is sent. */
export function keyKind(secret: string, options: Options): KeyKind {
  const settings = settingsOf(options)
  const { kind, why } = shapeOf(secret, options)
  return { kind, refused: why ?? (settings.ok ? null : settings.failure.message), warnings: [] }
}

function shapeOf(secret: string, options: Options): { kind: string; why: string | null } {
  const chosen = options['credentials'] ?? ''
  if (secret === '')
    return chosen === 'machine'
      ? { kind: i18n.t('Machine account'), why: null }
      : {
          kind: 'gcloud login',
          why: chosen === 'gcloud' ? null : sentences(i18n.t('There is no key.'), create()),
        }
  const stranger = strangers.find(([start]) => start.test(secret))
  if (stranger) return { kind: stranger[1](), why: sentences(stranger[2](), create()) }
  const document = anyDocument.safeParse(parse(secret))
  if (!document.success)
    return { kind: i18n.t('Unknown'), why: sentences(i18n.t('This is not a JSON document.'), create()) }
  const { type = '', universe_domain: universe = 'googleapis.com' } = document.data
  const other = lookUp(otherTypes, type)
  if (other) return { kind: other[0](), why: sentences(other[1](), create()) }
  if (!serviceAccount.safeParse(parse(secret)).success)
    return {
      kind: i18n.t('Unknown'),
      why: sentences(i18n.t('This document is not the complete key of a service account.'), create()),
    }
  if (universe !== 'googleapis.com')
    return {
      kind: i18n.t('Service account key'),
      why: i18n.t('This key is for {universe}, not for googleapis.com.', { universe }),
    }
  if (chosen !== '')
    return {
      kind: i18n.t('Service account key'),
      why: i18n.t('Give either a key or the option credentials, not both.'),
    }
  return { kind: i18n.t('Service account key'), why: null }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null // which is no document either
  }
}
