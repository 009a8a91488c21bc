import type { Result } from '../../shared/result.ts'

/**
 * Where provider keys and webhook URLs live. One entry per secret; the database holds only the name. There are two:
 * keychain.ts and, chosen explicitly, vault.ts. There is no plain-text one, and no falling back from one to the other.
 * `get` of a name that does not exist answers null.
 */
export interface SecretStore {
  readonly kind: 'keychain' | 'vault' | 'memory'
  get(name: string): Promise<Result<string | null>>
  set(name: string, secret: string): Promise<Result<null>>
  delete(name: string): Promise<Result<null>>
  /** Whether the store can be used now; the failure says in one sentence what to do. */
  check(): Promise<Result<null>>
  close(): void
}
