import { fail } from '../../../shared/failures.ts'
import type { DesktopNote, DesktopPort } from '../../system.ts'
import type { Channel, DeliveryOutcome, Message } from './channel.ts'
import { cut, headline, lines } from './note.ts'
import { i18n } from '../../../shared/words.ts'

/** Notification centres cut long texts anyway; macOS shows about four lines of forty characters. */
const longestBody = 240

/** A native notification on this computer. Growth and acknowledgement are silent: they show in the app. */
export const desktop: Channel<DesktopNote> = {
  available: (system) => system.desktop !== null,
  skips: ['grew', 'acknowledged'],
  refuse: () => null,
  render,
  send: ({ system }, message) => tell(system.desktop, (port) => port.notify(render(message))),
}

function render(message: Message): DesktopNote {
  const [alert] = message.alerts
  return {
    alertIds: message.alerts.map(({ id }) => id),
    title: headline(message),
    body: cut(lines(message).join('\n'), longestBody),
    urgent: message.occasion === 'fired' && alert.severity === 'critical',
  }
}

export async function tell(
  port: DesktopPort | null,
  act: (port: DesktopPort) => Promise<void>,
): Promise<DeliveryOutcome> {
  if (!port) {
    return {
      delivered: false,
      next: 'give-up',
      failure: fail('channel-rejected', i18n.t('This computer offers no desktop notifications here.')),
    }
  }
  try {
    await act(port)
    return { delivered: true, receipt: null }
  } catch (error) {
    return {
      delivered: false,
      next: 'retry',
      failure: fail(
        'channel-rejected',
        i18n.t('The system refused the notification: {message}', { message: (error as Error).message }),
      ),
    }
  }
}
