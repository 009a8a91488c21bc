export interface AppArguments {
  dataDir: string | null
  server: string | null
  serverTokenFile: string | null
  secretStore: 'keychain' | 'vault'
  vaultPassphraseFile: string | null
  /** In this run, instead of as set. */
  pollEverySeconds: number | null
  /** Started by the system at login: in the tray, without a window. */
  hidden: boolean
  /** How often it has started again by itself after a fault. */
  restarts: number
}

/** The switches of the app are those of the command line, up to `--`, behind which a link may stand. */
export function parseArguments(all: readonly string[]): AppArguments {
  const args = all.includes('--') ? all.slice(0, all.indexOf('--')) : all
  const valueOf = (name: string): string | null => {
    const joined = args.find((arg) => arg.startsWith(`--${name}=`))
    if (joined) return joined.slice(name.length + 3)
    const at = args.indexOf(`--${name}`)
    return at < 0 ? null : (args[at + 1] ?? null)
  }
  return {
    dataDir: valueOf('data-dir'),
    server: valueOf('server'),
    serverTokenFile: valueOf('server-token-file'),
    secretStore: valueOf('secret-store') === 'vault' ? 'vault' : 'keychain',
    vaultPassphraseFile: valueOf('vault-passphrase-file'),
    pollEverySeconds: Number(valueOf('poll-every')) || null,
    hidden: args.includes('--hidden'),
    restarts: Number(valueOf('restarts')) || 0,
  }
}
