import { i18n } from '@lingui/core'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { rememberLanguage, speak } from '../../../renderer/language.ts'

/** The little of a browser that a language needs. */
function visit(languages: string[], kept = new Map<string, string>()) {
  vi.stubGlobal('navigator', { languages })
  vi.stubGlobal('localStorage', {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, value: string) => kept.set(name, value),
    removeItem: (name: string) => kept.delete(name),
  })
  const documentElement = { lang: 'en' }
  vi.stubGlobal('document', { documentElement })
  return { kept, documentElement }
}

beforeEach(() => void vi.unstubAllGlobals())
afterEach(() => i18n.loadAndActivate({ locale: 'en', messages: {} }))

describe('the language of a page', () => {
  it('is the first of the system that there is a catalogue for, with figures of that country', async () => {
    const { documentElement } = visit(['fr-FR', 'de-AT', 'en-US'])
    await speak()
    expect([i18n.locale, i18n.locales, documentElement.lang]).toEqual(['de', ['de-AT'], 'de'])
  })

  it('is English where the system speaks nothing we do', async () => {
    visit(['fr-FR'])
    await speak()
    expect([i18n.locale, i18n.locales]).toEqual(['en', ['en']])
  })

  it('is the chosen one from the next load on, whatever the system speaks', async () => {
    const { kept } = visit(['en-GB'])
    await speak()
    expect(rememberLanguage('de')).toBe(true)
    visit(['en-GB'], kept)
    await speak()
    expect([i18n.locale, i18n.locales]).toEqual(['de', ['de']])
    expect(rememberLanguage('de')).toBe(false)
    expect(rememberLanguage('system')).toBe(true)
  })

  it('is not changed for nothing: what the system speaks may be chosen too', async () => {
    visit(['de-DE'])
    await speak()
    expect(rememberLanguage('de')).toBe(false)
    expect(rememberLanguage('system')).toBe(false)
  })

  it('asks for no further load where nothing can be kept, or a page would load for ever', async () => {
    visit(['en-GB'], Object.assign(new Map<string, string>(), { set: () => undefined }))
    await speak()
    expect(rememberLanguage('de')).toBe(false)
  })
})
