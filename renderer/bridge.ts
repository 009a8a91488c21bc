import type { Address } from './address.ts'
import { createHttpClient } from './http-client.ts'
import { keptToken } from './token.ts'
import { createShellClient, type ShellBridge } from './shell-client.ts'
import type { GuardClient } from '../shared/guard-client.ts'

declare global {
  interface Window {
    /** Put there by the Electron preload; absent in a browser. */
    spendGuard?: ShellBridge
  }
}

/** The guard behind this page: the Electron shell where there is one, otherwise the server the page came from. */
export function createBridge(): GuardClient {
  const shell = window.spendGuard
  if (shell) return createShellClient(shell)
  return createHttpClient({
    origin: window.location.origin,
    token: keptToken(),
    fetch: (input, init) => window.fetch(input, init),
    after: (delayMs, task) => {
      const timer = window.setTimeout(task, delayMs)
      return () => window.clearTimeout(timer)
    },
    openPage: (url) => {
      window.open(url, '_blank', 'noopener,noreferrer')
    },
  })
}

/** The page's own address, behind an interface so that views can be tested without a browser. */
export function createAddress(): Address {
  return {
    read: () => ({ search: window.location.search, hash: window.location.hash }),
    go: (hash) => {
      window.location.hash = hash
    },
    replace: (hash) => {
      window.history.replaceState(null, '', hash)
      window.dispatchEvent(new HashChangeEvent('hashchange'))
    },
    listen: (listener) => {
      window.addEventListener('hashchange', listener)
      return () => window.removeEventListener('hashchange', listener)
    },
  }
}

/** For the next page, before its first paint: public/look.js. */
export function keepLook(look: 'system' | 'light' | 'dark'): void {
  window.localStorage.setItem('spend-guard-look', look)
}

/** Calls back when the system changes between light and dark. */
export function onSystemLook(listener: () => void): () => void {
  const query = window.matchMedia('(prefers-color-scheme: dark)')
  query.addEventListener('change', listener)
  return () => query.removeEventListener('change', listener)
}

/** Puts a text on the clipboard, and answers whether it is there. The app denies pages all permissions, this one too. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await window.navigator.clipboard.writeText(text)
    return true
  } catch {
    const area = document.createElement('textarea')
    area.value = text
    document.body.append(area)
    area.select()
    const isCopied = document.execCommand('copy')
    area.remove()
    return isCopied
  }
}

/** Hands a text, in pieces, to the user as a file. */
export function saveText(name: string, pieces: string[], type: string): void {
  const link = document.createElement('a')
  const url = window.URL.createObjectURL(new Blob(pieces, { type }))
  link.href = url
  link.download = name
  link.click()
  window.URL.revokeObjectURL(url)
}
