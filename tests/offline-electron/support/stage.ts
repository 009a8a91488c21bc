import { afterAll } from 'vitest'
import { startProviders } from '../../e2e/support/providers.ts'
import { closeNotifications } from './notifications.ts'
import { startTrayHost } from './tray.ts'

type Undo = (step: () => unknown) => void

/** What a suite started is ended after it, the last first, however far it came. */
export function undoAtEnd(): Undo {
  const steps: (() => unknown)[] = []
  afterAll(async () => {
    for (const step of steps.reverse()) await step()
  })
  return (step) => void steps.push(step)
}

export type Stage = Awaited<ReturnType<typeof setStage>>

/** What there is before the app: providers, a desktop that shows icons, and nothing left of earlier notifications. */
export async function setStage(undo: Undo) {
  closeNotifications()
  const providers = await startProviders()
  undo(providers.stop)
  const tray = startTrayHost()
  undo(tray.stop)
  return { providers, tray }
}
