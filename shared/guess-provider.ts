import { providerFacts, providerIds, type ProviderId } from './providers.ts'

/** Whose key this is, by its beginning alone; null where several begin like that, or none. */
export function guessProvider(secret: string): ProviderId | null {
  const text = secret.trim()
  const begun = providerIds.flatMap((id) =>
    (providerFacts(id).key?.begins ?? []).filter((start) => text.startsWith(start)).map((start) => ({ id, start })),
  )
  // The longest says most.
  return begun.sort((a, b) => b.start.length - a.start.length)[0]?.id ?? null
}
