import { i18n, type Messages } from '@lingui/core'
import type { Language } from '../shared/settings.ts'

const catalogues: Record<Language, () => Promise<{ messages: Messages }>> = {
  en: () => import('../shared/locales/page/en.po'),
  de: () => import('../shared/locales/page/de.po'),
}

const rememberedAs = 'spend-guard-language'

/**
 * Makes the page speak. A page speaks one language for as long as it is loaded, so that words can be made wherever they
 * are needed, also outside components; whoever asks for words has to be loaded after this.
 */
export async function speak(): Promise<void> {
  const language = spokenBy(localStorage.getItem(rememberedAs))
  const { messages } = await catalogues[language]()
  // Figures and dates as in the visitor's own country where that speaks the language.
  const locales = navigator.languages.filter((one) => one.split('-')[0] === language)
  i18n.loadAndActivate({ locale: language, locales: locales.length > 0 ? locales : [language], messages })
  document.documentElement.lang = language
}

/** Keeps what was chosen; answers whether the page speaks another language than that and has to be loaded anew. */
export function rememberLanguage(chosen: Language | 'system'): boolean {
  if (chosen === 'system') localStorage.removeItem(rememberedAs)
  else localStorage.setItem(rememberedAs, chosen)
  // What the next load would find: where nothing can be kept, loading anew would help nobody.
  return spokenBy(localStorage.getItem(rememberedAs)) !== i18n.locale
}

/** Kept from an earlier visit, or the first of the system's languages that there is a catalogue for. */
function spokenBy(chosen: string | null): Language {
  const wanted = [chosen, ...navigator.languages].map((one) => one?.split('-')[0])
  return wanted.find((one): one is Language => one !== undefined && Object.hasOwn(catalogues, one)) ?? 'en'
}
