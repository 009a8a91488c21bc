import { i18n } from '../../shared/words.ts'

/** What a place holds, by the words of what.ts. Names of programs are said as they are. */
const words: Readonly<Record<string, () => string>> = {
  'service account file': () => i18n.t('service account file'),
  'application default credentials': () => i18n.t('application default credentials'),
  'profile of the Azure CLI': () => i18n.t('profile of the Azure CLI'),
  'login of the Twilio CLI': () => i18n.t('login of the Twilio CLI'),
  'login of the Vercel CLI': () => i18n.t('login of the Vercel CLI'),
  'login of Wrangler': () => i18n.t('login of Wrangler'),
  'keys of dogshell': () => i18n.t('keys of dogshell'),
  'settings of the Datadog agent': () => i18n.t('settings of the Datadog agent'),
}

export const fileText = (names: string): string => words[names]?.() ?? names
