import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  isLinkKey,
  isTokenOf,
  linkIdOf,
  linkToken,
  newLinkId,
  newLinkKey,
  type SignedLink,
} from '../../../electron/alerts/link-token.ts'

const key = newLinkKey()
const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
const instants = fc.integer({ min: 0, max: 4_102_444_800_000 })
const links: fc.Arbitrary<SignedLink> = fc.record({
  id: fc.uint8Array({ minLength: 9, maxLength: 9 }).map((bytes) => Buffer.from(bytes).toString('base64url')),
  alertId: fc.uuid(),
  channelId: fc.string({ minLength: 1, maxLength: 8 }),
  firedAtMs: instants,
  madeAtMs: instants,
})

describe('the token of a link', () => {
  it('is the same each time, is short, and leads back to its link', () => {
    fc.assert(
      fc.property(links, (link) => {
        const token = linkToken(key, link)
        expect(linkToken(key, { ...link })).toBe(token)
        expect(token).toMatch(/^[\w-]{36}$/)
        expect(linkIdOf(token)).toBe(link.id)
        expect(isTokenOf(key, link, token)).toBe(true)
      }),
    )
  })

  it('is refused with any character changed', () => {
    fc.assert(
      fc.property(links, fc.nat(35), fc.constantFrom(...alphabet, '.', 'é', '=', ' '), (link, at, character) => {
        const token = linkToken(key, link)
        fc.pre(token[at] !== character)
        const changed = token.slice(0, at) + character + token.slice(at + 1)
        expect(isTokenOf(key, link, changed)).toBe(false)
      }),
    )
  })

  it('is refused with a part missing or something added', () => {
    fc.assert(
      fc.property(links, fc.nat(35), fc.string({ minLength: 1, maxLength: 3 }), (link, length, more) => {
        const token = linkToken(key, link)
        for (const wrong of [token.slice(0, length), token + more, more + token, `${token}\n`, token.toUpperCase()])
          if (wrong !== token) expect(isTokenOf(key, link, wrong)).toBe(false)
      }),
    )
  })

  it('is refused for another alert, channel, firing or age, and with another key', () => {
    fc.assert(
      fc.property(links, links, (link, other) => {
        const token = linkToken(key, link)
        for (const field of ['alertId', 'channelId', 'firedAtMs', 'madeAtMs'] as const) {
          const changed = { ...link, [field]: other[field] }
          expect(isTokenOf(key, changed, token)).toBe(other[field] === link[field])
        }
        expect(isTokenOf(newLinkKey(), link, token)).toBe(false)
      }),
    )
  })

  it('has a name and a key that nobody guesses', () => {
    const made = Array.from({ length: 100 }, () => [newLinkId(), newLinkKey()] as const)
    expect(new Set(made.flat()).size).toBe(200)
    for (const [, one] of made) expect(isLinkKey(one)).toBe(true)
    expect(isLinkKey('')).toBe(false)
    expect(isLinkKey(key.slice(1))).toBe(false)
  })
})
