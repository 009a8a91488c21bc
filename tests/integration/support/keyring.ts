import { execFileSync } from 'node:child_process'

/** Where keytar puts what it keeps. */
export const collection = '/org/freedesktop/secrets/collection/login'

/** Whatever the keyring of the session holds, whoever put it there. */
export function itemsInKeyring(): number {
  const call = ['call', '--session', '--dest', 'org.freedesktop.secrets', '--object-path', collection]
  const get = ['--method', 'org.freedesktop.DBus.Properties.Get', 'org.freedesktop.Secret.Collection', 'Items']
  return execFileSync('gdbus', [...call, ...get], { encoding: 'utf8' }).match(/collection\/login\/\d+/g)?.length ?? 0
}
