import { i18n } from '@lingui/core'
import * as channels from '../shared/channels.ts'
import * as failures from '../shared/failures.ts'
import * as providers from '../shared/providers.ts'

/** What the shared tables say, in the language of the page. What its catalogue does not have (names, examples) stays. */
export const providerFacts = (id: providers.ProviderId) => inWords(providers.providerFacts(id))
export const channelFacts = (kind: channels.ChannelKind) => inWords(channels.channelFacts(kind))
export const failureTitles = inWords(failures.failureTitles)

/** A sentence of a schema: what is wrong with what was typed. */
export function inWords<T>(said: T): T {
  if (typeof said === 'string') return (said in i18n.messages ? i18n._(said) : said) as T
  if (said === null || typeof said !== 'object') return said
  if (Array.isArray(said)) return said.map(inWords) as T
  return Object.fromEntries(Object.entries(said).map(([name, value]) => [name, inWords(value)])) as T
}
