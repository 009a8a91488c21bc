import { settings, type Settings } from '../../shared/settings.ts'

/**
 * The part of `conf` that we use. Plain Node hands in `conf`, Electron `electron-store`, which is the same engine over
 * the same file: <data folder>/settings.json.
 */
export interface SettingsFile {
  get(key: string): unknown
  set(key: string, value: unknown): void
}

export interface SettingsStore {
  read(): Settings
  change(change: { [N in keyof Settings]?: Settings[N] | undefined }): Settings
}

/** A value that is no longer valid (edited by hand, or from another version) falls back to its default, alone. */
export function createSettings(file: SettingsFile): SettingsStore {
  const read = (): Settings => {
    const values: Record<string, unknown> = {}
    for (const [name, schema] of Object.entries(settings.shape)) {
      const stored = schema.safeParse(file.get(name))
      values[name] = stored.success ? stored.data : schema.parse(undefined)
    }
    return settings.parse(values)
  }
  // The file is read from disk at each get, and every plan and every look at spend asks.
  let known: Settings | null = null
  return {
    read: () => (known ??= read()),
    change(change) {
      for (const [name, value] of Object.entries(change)) if (value !== undefined) file.set(name, value)
      return (known = read())
    },
  }
}
