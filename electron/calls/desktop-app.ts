import { fail } from '../../shared/failures.ts'
import { err, ok } from '../../shared/result.ts'
import type { Handlers } from './handlers.ts'
import { i18n } from '../../shared/words.ts'

const elsewhere = () => err(fail('not-found', i18n.t('This belongs to the desktop app. Do it in its own window.')))

/**
 * The engine knows of no desktop app: the shell answers these for its own windows before they get here
 * (electron/shell/desktop-app.ts). A page in the browser, which can be on another computer, can neither restart the app
 * nor make it start at login.
 */
export const withoutDesktopApp: Pick<
  Handlers,
  'app:get' | 'app:start-at-login' | 'app:check-for-update' | 'app:download-update' | 'app:install-update'
> = {
  'app:get': () => ok(null),
  'app:start-at-login': () => elsewhere(),
  'app:check-for-update': () => elsewhere(),
  'app:download-update': () => elsewhere(),
  'app:install-update': () => elsewhere(),
}
