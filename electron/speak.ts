import { i18n, type Messages } from '@lingui/core'
import { compileMessage } from '@lingui/message-utils/compileMessage'
import type { GuardClient } from '../shared/guard-client.ts'
import { languages, type Language, type Settings } from '../shared/settings.ts'

/** English is in the code itself. */
const catalogues: Record<Exclude<Language, 'en'>, () => Promise<{ messages: Messages }>> = {
  de: () => import('../shared/locales/guard/de.po'),
}

type Compiled = ReturnType<typeof compileMessage>

/** English, until `speak` says otherwise. */
export function beginToSpeak(): void {
  i18n.setMessagesCompiler(compiledOnce)
  if (i18n.locale === '') speakEnglish()
}

const speakEnglish = () => i18n.loadAndActivate({ locale: 'en', messages: {} })

/**
 * From now on what this process says (alerts, messages, the tray) is said in the chosen language, or in the first of the
 * system's that there is a catalogue for.
 */
export async function speak(chosen: Settings['language'], system: readonly string[]): Promise<void> {
  beginToSpeak()
  const wanted = [chosen, ...system].map((one) => one.split('-')[0])
  const language = wanted.find((one): one is Language => languages.some((known) => known === one)) ?? 'en'
  if (language === i18n.locale) return
  if (language === 'en') return speakEnglish()
  try {
    const { messages } = await catalogues[language]()
    i18n.loadAndActivate({ locale: language, messages })
  } catch {
    // Run from its sources, without the bundler that turns catalogues into code: an alert in English is better than none.
    speakEnglish()
  }
}

/** The same, as the settings of a guard say. */
export async function speakAsSet(guard: GuardClient, system: readonly string[]): Promise<void> {
  const settings = await guard.call('settings:get', {})
  await speak(settings.ok ? settings.value.language : 'system', system)
}

const compiled = new Map<string, Compiled>()

/** A thousand budgets say the same sentence. */
function compiledOnce(message: string): Compiled {
  const known = compiled.get(message) ?? compileMessage(message)
  compiled.set(message, known)
  return known
}
