import { createContext, useContext } from 'react'

/** Changes whenever the colours on the screen do (a setting, or the system's own switch). */
export const LookContext = createContext('system')

export function useLook(): string {
  return useContext(LookContext)
}
