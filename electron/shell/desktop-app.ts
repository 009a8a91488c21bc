import type { DesktopApp } from '../../shared/desktop-app.ts'
import { fail } from '../../shared/failures.ts'
import type { GuardClient } from '../../shared/guard-client.ts'
import { calls, type CallName, type Reply, type Request } from '../../shared/ipc.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import { version } from '../../shared/version.ts'
import type { LoginItem } from './login-item.ts'
import type { Updates } from './updates.ts'
import { i18n } from '../../shared/words.ts'

type AppCall = Extract<CallName, `app:${string}`>
type Answers = { [N in AppCall]: (request: Request<N>) => Promise<Result<DesktopApp>> | Result<DesktopApp> }

/** The guard as our own windows see it: what belongs to the app on this computer is answered here, wherever the guard runs. */
export function withDesktopApp(
  guard: GuardClient,
  { loginItem, updates }: { loginItem: LoginItem; updates: Pick<Updates, 'state' | 'check' | 'download' | 'install'> },
): GuardClient & { app(): DesktopApp } {
  const app = (): DesktopApp => ({ version, startAtLogin: loginItem.state(), updates: updates.state() })
  const answers: Answers = {
    'app:get': () => ok(app()),
    'app:start-at-login': ({ on }) => {
      loginItem.set(on)
      return ok(app())
    },
    'app:check-for-update': async () => {
      await updates.check()
      return ok(app())
    },
    // Not awaited: it takes minutes, and tells of itself.
    'app:download-update': () => {
      void updates.download()
      return ok(app())
    },
    'app:install-update': () => {
      void updates.install()
      return ok(app())
    },
  }
  const isOurs = (name: CallName): name is AppCall => name in answers
  return {
    app,
    async call<N extends CallName>(name: N, request: Request<N>): Promise<Result<Reply<N>>> {
      if (!isOurs(name)) return guard.call(name, request)
      const { request: schema } = calls[name]
      const parsed = schema.safeParse(request)
      if (!parsed.success) return err(fail('invalid-input', i18n.t('The request is not valid.')))
      const answer = answers[name] as (request: unknown) => Promise<Result<Reply<N>>>
      return answer(parsed.data)
    },
    // A guard elsewhere is not asked to tell of an app that it is not.
    on: (name, listener) => (name === 'app' ? () => undefined : guard.on(name, listener)),
  }
}
