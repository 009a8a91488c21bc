import { execFileSync } from 'node:child_process'

export interface ShownNotification {
  id: number
  summary: string
  body: string
}

const dunst = (...args: string[]) => execFileSync('dunstctl', args, { encoding: 'utf8' })

/** Clicks the newest notification on the screen. */
export const clickNotification = () => dunst('action', '0')

export const countShown = () => Number(dunst('count', 'displayed'))

/** Takes all notifications off the screen and tells what they said, oldest first. */
export function closeNotifications(): ShownNotification[] {
  dunst('close-all')
  const history = JSON.parse(dunst('history')) as { data: Record<'id' | 'summary' | 'body', { data: unknown }>[][] }
  return history.data
    .flat()
    .map(({ id, summary, body }) => ({ id: Number(id.data), summary: String(summary.data), body: String(body.data) }))
    .sort((a, b) => a.id - b.id)
}
