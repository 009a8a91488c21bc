import { pageUrl } from '../../shared/providers.ts'
import { ok } from '../../shared/result.ts'
import type { SettingsStore } from '../settings/settings.ts'
import type { System } from '../system.ts'
import type { Handlers } from './handlers.ts'

export function settingsCalls(parts: {
  settings: SettingsStore
  system: System
  onChange(): void
}): Pick<Handlers, 'settings:get' | 'settings:change' | 'links:open'> {
  return {
    'settings:get': () => ok(parts.settings.read()),
    'settings:change': (change) => {
      const changed = parts.settings.change(change)
      parts.onChange()
      return ok(changed)
    },
    'links:open': ({ provider, page }) => {
      parts.system.openLink(pageUrl(provider, page))
      return ok({})
    },
  }
}
