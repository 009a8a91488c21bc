import { createContext, useContext, useState } from 'react'

export const KeptContext = createContext<Map<string, unknown>>(new Map())

/** A state that outlives its view: what somebody was in the middle of is still there when they come back to it. */
export function useKept<T>(name: string): [T | null, (next: T | null) => void] {
  const kept = useContext(KeptContext)
  const [value, setValue] = useState((kept.get(name) ?? null) as T | null)
  return [
    value,
    (next) => {
      kept.set(name, next)
      setValue(next)
    },
  ]
}
