import { z } from 'zod'
import { i18n, sentences } from './words.ts'

/**
 * Everything that can go wrong in normal use. The kind is for programs, the message for people: one sentence that
 * says what happened and what to do. Neither ever holds a secret, a webhook URL or a response body.
 */
export const failureKinds = [
  'credential-rejected',
  'permission-missing',
  'rate-limited',
  'provider-down',
  'offline',
  'timeout',
  'unexpected-response',
  'truncated',
  'refused-host',
  'keychain-unavailable',
  'keychain-locked',
  'vault-locked',
  'secret-missing',
  'database-damaged',
  'disk-full',
  'data-folder-busy',
  'data-folder-unusable',
  'not-found',
  'invalid-input',
  'changed-meanwhile',
  'channel-gone',
  'channel-rejected',
  'channel-capped',
  'unreachable-guard',
  'clock-set-back',
  'paused',
  'internal',
] as const
export type FailureKind = (typeof failureKinds)[number]

export const failure = z.object({
  kind: z.enum(failureKinds),
  message: z.string(),
  /** Earliest instant at which trying again makes sense; the other side said so. */
  retryAtMs: z.number().int().optional(),
  status: z.number().int().optional(),
})
export type Failure = z.infer<typeof failure>

export function fail(kind: FailureKind, message: string, facts: Omit<Failure, 'kind' | 'message'> = {}): Failure {
  return { kind, message, ...facts }
}

/** Failures that may go away by themselves; all others need a person. */
const passing = new Set<FailureKind>(['rate-limited', 'provider-down', 'offline', 'timeout', 'truncated'])

export function mayPass(failure: Failure): boolean {
  return passing.has(failure.kind)
}

const promise = () => i18n.t('It will be tried again.')

/** What is said of a failure that passes by itself, with the promise to try it again. */
export const andAgain = (said: string): string => sentences(said, promise())

/** What a failure promises of a further attempt is not true of what is tried once, such as a test. */
export function triedOnce({ message, ...rest }: Failure): Failure {
  return { ...rest, message: message.endsWith(promise()) ? message.slice(0, -promise().length).trimEnd() : message }
}

/** Titles for the user interface, one per kind. */
export const failureTitles: Record<FailureKind, string> = {
  'credential-rejected': 'The key was refused',
  'permission-missing': 'The key may not read this',
  'rate-limited': 'The provider asked us to wait',
  'provider-down': 'The provider has a fault',
  offline: 'No connection',
  timeout: 'No answer in time',
  'unexpected-response': 'An answer we cannot read',
  truncated: 'The answer was incomplete',
  'refused-host': 'Host not allowed',
  'keychain-unavailable': 'No keychain',
  'keychain-locked': 'The keychain is locked',
  'vault-locked': 'The vault is locked',
  'secret-missing': 'The secret is gone',
  'database-damaged': 'The database was damaged',
  'disk-full': 'The disk is full',
  'data-folder-busy': 'The data folder is in use',
  'data-folder-unusable': 'The data folder cannot be used',
  'not-found': 'Not found',
  'invalid-input': 'Not valid',
  'changed-meanwhile': 'Changed by somebody else',
  'channel-gone': 'The channel no longer exists',
  'channel-rejected': 'The channel refused the message',
  'channel-capped': 'The daily cap is reached',
  'unreachable-guard': 'The guard cannot be reached',
  'clock-set-back': 'The clock was set back',
  paused: 'The guard is paused',
  internal: 'A fault in API Spend Guard',
}
