import { i18n } from '@lingui/core'
import { afterEach, describe, expect, it } from 'vitest'
import { networkFailure } from '../../electron/http/network-failure.ts'
import { speak, speakAsSet } from '../../electron/speak.ts'
import { triedOnce } from '../../shared/failures.ts'
import { spanText } from '../../shared/time.ts'
import { figureInWords, listInWords, moneyInWords, sentences } from '../../shared/words.ts'
import { createFakeGuard } from '../fakes/guard-client.ts'

afterEach(() => i18n.loadAndActivate({ locale: 'en', messages: {} }))

const hour = 3_600_000

describe('what the guard says', () => {
  it('is said in the chosen language, whatever the system speaks, figures and lists included', async () => {
    await speak('de', ['en-US'])
    expect(spanText(3 * hour)).toBe('3 Stunden')
    expect(moneyInWords('1234.5', 'USD')).toBe('1.234,50\u00a0$')
    expect(figureInWords(2.5, 1)).toBe('2,5')
    expect(listInWords(['Schlüssel', 'Modell'])).toBe('Schlüssel und Modell')
    expect(i18n.t('The budget was removed.')).toBe('Das Budget wurde entfernt.')
  })

  it('follows the first language of the system that there is a catalogue for', async () => {
    await speak('system', ['fr-CA', 'de-AT', 'en-GB'])
    expect(i18n.locale).toBe('de')
    await speak('system', ['fr-CA'])
    expect(i18n.locale).toBe('en')
  })

  it('is English without a catalogue, also where only one of a thing is counted', async () => {
    await speak('en', ['de-DE'])
    expect([spanText(90_000), spanText(24 * hour), spanText(49 * hour)]).toEqual(['1 minute', '24 hours', '2 days'])
    expect(moneyInWords('1234.5', 'USD')).toBe('$1,234.50')
    expect(figureInWords(2.5, 2)).toBe('2.50')
  })

  it('is also what went wrong, and the promise to try it again, which is not made of a single try', async () => {
    await speak('de', [])
    const late = networkFailure(Object.assign(new Error('late'), { name: 'TimeoutError' }))
    expect(late.message).toBe('Es kam nicht rechtzeitig eine Antwort. Es wird erneut versucht.')
    expect(triedOnce(late).message).toBe('Es kam nicht rechtzeitig eine Antwort.')
  })

  it('is as the settings of a guard say', async () => {
    const guard = createFakeGuard()
    await guard.call('settings:change', { language: 'de' })
    await speakAsSet(guard, ['en-US'])
    expect(i18n.locale).toBe('de')
  })

  it('leaves out what need not be said', () => {
    expect(sentences('One.', null, '', 'Two.')).toBe('One. Two.')
  })
})
