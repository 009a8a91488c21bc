import * as channels from '../shared/channels.ts'
import * as failures from '../shared/failures.ts'
import * as providers from '../shared/providers.ts'
import { inWords } from '../shared/words.ts'

/** What the shared tables say, in the language of the page. What its catalogue does not have (names, examples) stays. */
export const providerFacts = once((id: providers.ProviderId) => inWords(providers.providerFacts(id)))
export const channelFacts = once((kind: channels.ChannelKind) => inWords(channels.channelFacts(kind)))
export const failureTitles = inWords(failures.failureTitles)

/** A page does not change its language, and asks for the same facts with every row it draws. */
function once<K, V>(read: (key: K) => V): (key: K) => V {
  const known = new Map<K, V>()
  return (key) => {
    const value = known.get(key) ?? read(key)
    known.set(key, value)
    return value
  }
}
