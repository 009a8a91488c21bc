import type { Push, PushName } from '../shared/ipc.ts'

type Listener = (push: never) => void
export type Pushes = ReturnType<typeof createPushes>

/** Tells whoever listens that something changed. */
export function createPushes() {
  const listeners = new Map<PushName, Set<Listener>>()
  function push<N extends PushName>(name: N, value: Push<N>): void {
    for (const listener of listeners.get(name) ?? []) (listener as (push: Push<N>) => void)(value)
  }
  return {
    push,
    changed: (what: Push<'changed'>['what']) => push('changed', { what }),
    on<N extends PushName>(name: N, listener: (push: Push<N>) => void): () => void {
      const heard = listeners.get(name) ?? new Set<Listener>()
      listeners.set(name, heard.add(listener as Listener))
      return () => void heard.delete(listener as Listener)
    },
  }
}
