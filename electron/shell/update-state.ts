import type { UpdateState } from '../../shared/desktop-app.ts'
import { iso } from '../../shared/time.ts'
import { i18n } from '../../shared/words.ts'

/** What happens to an app that is on its way to a newer version. */
export type UpdateEvent =
  | { kind: 'checking' }
  | { kind: 'none'; atMs: number }
  | { kind: 'found'; version: string; atMs: number }
  | { kind: 'progress'; percent: number }
  | { kind: 'downloaded'; version: string }
  | { kind: 'failed'; message: string }

export function nextUpdate(state: UpdateState, event: UpdateEvent): UpdateState {
  switch (event.kind) {
    case 'checking':
      return { ...state, step: 'checking', message: null }
    case 'none':
      return { ...state, step: 'idle', version: null, share: null, checkedAt: iso(event.atMs), message: null }
    case 'found':
      return { ...state, step: 'available', version: event.version, share: null, checkedAt: iso(event.atMs) }
    case 'progress':
      return { ...state, step: 'downloading', share: Math.min(1, Math.max(0, event.percent / 100)), message: null }
    case 'downloaded':
      return { ...state, step: 'downloaded', version: event.version, share: 1, message: null }
    case 'failed':
      return { ...state, step: 'failed', share: null, message: event.message }
    default:
      return event satisfies never
  }
}

/** While one is being fetched, or waits for a yes, nobody needs to hear of it again. */
export function mayCheck({ way, step }: UpdateState): boolean {
  return way !== 'none' && step !== 'checking' && step !== 'downloading' && step !== 'downloaded'
}

/** A download that broke off can be tried again. */
export function mayDownload({ way, step, version }: UpdateState): boolean {
  return way === 'install' && version !== null && (step === 'available' || step === 'failed')
}

/**
 * What this copy of the app can do about a newer version. An AppImage, like the apps of macOS and Windows, replaces itself.
 * What the system's package manager put here is its business: we would need root for a package that nobody has signed.
 */
export function wayOf(copy: {
  platform: NodeJS.Platform
  isPackaged: boolean
  isAppImage: boolean
}): Pick<UpdateState, 'way' | 'message'> {
  if (!copy.isPackaged) return { way: 'none', message: i18n.t('Started from sources: fetch newer ones with git.') }
  if (copy.platform !== 'linux' || copy.isAppImage) return { way: 'install', message: null }
  return { way: 'tell', message: null }
}
