import { ok } from '../../shared/result.ts'
import type { SecretStore } from './secret-store.ts'

/** Secrets that end with the process: for tests and trial runs. */
export function createMemorySecrets(): SecretStore {
  const secrets = new Map<string, string>()
  return {
    kind: 'memory',
    get: async (name) => ok(secrets.get(name) ?? null),
    set: async (name, secret) => {
      secrets.set(name, secret)
      return ok(null)
    },
    delete: async (name) => {
      secrets.delete(name)
      return ok(null)
    },
    check: async () => ok(null),
    close() {},
  }
}
