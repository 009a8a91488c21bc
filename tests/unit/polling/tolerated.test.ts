import { describe, expect, it } from 'vitest'
import { isTolerated } from '../../../electron/polling/tolerated.ts'
import type { Feed } from '../../../electron/providers/adapter.ts'
import { fail } from '../../../shared/failures.ts'

const required: Feed = { id: 'completions', plane: 'estimate', widths: ['minute'], latencyMs: 0 }
const optional: Feed = { ...required, id: 'images', optional: true }

describe('a failure of an optional feed', () => {
  it.each([
    ['lacks a permission', fail('permission-missing', '', { status: 403 })],
    ['is not offered', fail('not-found', '', { status: 404 })],
    ['is refused as a question', fail('unexpected-response', '', { status: 400 })],
  ])('is none of the account when it %s', (_, failure) => {
    expect(isTolerated(optional, failure)).toBe(true)
    expect(isTolerated(required, failure)).toBe(false)
  })
  it.each([
    ['an answer nobody can read', fail('unexpected-response', '')],
    ['a broken connection', fail('truncated', '')],
    ['a refused key', fail('credential-rejected', '', { status: 401 })],
    ['a fault of the provider', fail('provider-down', '', { status: 500 })],
  ])('counts when it is %s', (_, failure) => expect(isTolerated(optional, failure)).toBe(false))
})
