import { recognise } from './what.ts'
import type { ProviderTrace } from './look.ts'

/** Names of variables. A value is never asked for, which a test proves with an environment that throws on it. */
export function inEnvironment(env: object): ProviderTrace[] {
  return Object.keys(env).flatMap((name) => {
    const known = recognise(name)
    return known ? [{ ...known, kind: 'variable' as const, name, where: 'environment' }] : []
  })
}
