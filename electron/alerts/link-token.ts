import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import type { LinkRow } from '../storage/links.ts'

/** What a signature covers: a row that was changed by hand makes no link that works longer, or for another alert. */
export type SignedLink = Pick<LinkRow, 'id' | 'alertId' | 'channelId' | 'firedAtMs' | 'madeAtMs'>

/** Which actions a link stands for. Another set is another word, and a link for the one is none for the other. */
const purpose = 'acknowledge-or-snooze'

// Whole groups of three bytes, so that each character of the text counts: no two texts are the same token.
const idBytes = 9
const macBytes = 18
const idLength = (idBytes / 3) * 4
const form = /^[\w-]{36}$/

export function newLinkId(): string {
  return randomBytes(idBytes).toString('base64url')
}

export function newLinkKey(): string {
  return randomBytes(32).toString('base64url')
}

export function isLinkKey(text: string): boolean {
  return /^[\w-]{43}$/.test(text)
}

/**
 * The random name of a link, to find it by, and 144 bits of HMAC-SHA-256 over what it stands for: 36 characters, which
 * leave room in a text message. The name is kept in the database, the rest nowhere, so that neither the database nor
 * its backups make a link.
 */
export function linkToken(key: string, link: SignedLink): string {
  const fields = JSON.stringify([purpose, link.id, link.alertId, link.channelId, link.firedAtMs, link.madeAtMs])
  const mac = createHmac('sha256', Buffer.from(key, 'base64url')).update(fields).digest()
  return link.id + mac.subarray(0, macBytes).toString('base64url')
}

/** The name of the link that a text claims to be; null for what cannot be a token. */
export function linkIdOf(token: string): string | null {
  return form.test(token) ? token.slice(0, idLength) : null
}

/** Takes as long for a token that is wrong at its end as for one that is wrong at its beginning. */
export function isTokenOf(key: string, link: SignedLink, token: string): boolean {
  return form.test(token) && timingSafeEqual(Buffer.from(linkToken(key, link)), Buffer.from(token))
}
