import { createContext, useContext } from 'react'
import type { GuardClient } from '../../shared/guard-client.ts'

export const GuardContext = createContext<GuardClient | null>(null)

export function useGuard(): GuardClient {
  const guard = useContext(GuardContext)
  if (!guard) throw new Error('useGuard outside of a GuardContext')
  return guard
}
