import { useCall } from './use-call.ts'

/** The zone days and times are shown in: the guard's; the browser's own until it has answered. */
export function useZone(): string {
  return useCall('status:get', {}).value?.zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone
}
