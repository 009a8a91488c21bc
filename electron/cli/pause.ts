import type { Command } from 'commander'
import { fail } from '../../shared/failures.ts'
import { pauseEnd } from '../../shared/pause.ts'
import { addDays, iso, localDay, startOfLocalDay } from '../../shared/time.ts'
import { durationMs } from './alerts.ts'
import { ask } from './connect.ts'
import type { CommandContext } from './program.ts'
import { CommandFailure } from './run.ts'

export function pauseCommands(program: Command, { terminal, withGuard }: CommandContext): void {
  program
    .command('pause')
    .description('read nothing for a while; everything says so, and no heartbeat is sent')
    .option('--for <duration>', 'such as 30m, 1h or 1d')
    .option('--until-tomorrow', 'until midnight, in the time zone of the guard')
    .action(async (options: { for?: string; untilTomorrow?: true }, command: Command) => {
      if (options.for !== undefined && options.untilTomorrow)
        throw new CommandFailure(fail('invalid-input', 'Either --for or --until-tomorrow, not both.'), 2)
      const forMs = options.for === undefined ? null : durationMs(options.for)
      await withGuard(command, async ({ guard }) => {
        const { at, zone } = await ask(guard, 'status:get', {})
        const nowMs = Date.parse(at)
        const untilMs = options.untilTomorrow
          ? startOfLocalDay(addDays(localDay(nowMs, zone), 1), zone)
          : forMs && nowMs + forMs
        const pause = await ask(guard, 'polling:pause', { until: untilMs === null ? null : iso(untilMs) })
        if (terminal.json) return terminal.print(JSON.stringify(pause))
        if (pause) terminal.print(`Paused ${pauseEnd(pause)}. Nothing is watched. Go on with: spend-guard resume`)
      })
    })
  program
    .command('resume')
    .description('go on reading, at once')
    .action(async (_options, command: Command) => {
      await withGuard(command, async ({ guard }) => {
        const pause = await ask(guard, 'polling:resume', {})
        terminal.print(terminal.json ? JSON.stringify(pause) : 'Watching again.')
      })
    })
}
