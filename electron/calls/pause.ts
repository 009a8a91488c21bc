import { fail } from '../../shared/failures.ts'
import { err, ok } from '../../shared/result.ts'
import { dayMs } from '../../shared/time.ts'
import type { GuardPause } from '../polling/guard-pause.ts'
import type { Handlers } from './handlers.ts'
import { i18n } from '../../shared/words.ts'

const longestDays = 31

export function pauseCalls(parts: {
  pause: GuardPause
  now(): number
}): Pick<Handlers, 'polling:pause' | 'polling:resume'> {
  const { pause } = parts
  return {
    'polling:pause': ({ until }) => {
      const untilMs = until === null ? null : Date.parse(until)
      if (untilMs !== null && untilMs <= parts.now())
        return err(fail('invalid-input', i18n.t('That moment is over. Name one that is still to come.')))
      if (untilMs !== null && untilMs > parts.now() + longestDays * dayMs)
        return err(fail('invalid-input', i18n.t('A guard is paused for {longestDays} days at most.', { longestDays })))
      pause.pause(untilMs)
      return ok(pause.state())
    },
    'polling:resume': () => {
      pause.resume()
      return ok(pause.state())
    },
  }
}
