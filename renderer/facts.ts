import * as channels from '../shared/channels.ts'
import * as failures from '../shared/failures.ts'
import * as providers from '../shared/providers.ts'
import { inWords } from '../shared/words.ts'

/** What the shared tables say, in the language of the page. What its catalogue does not have (names, examples) stays. */
export const providerFacts = (id: providers.ProviderId) => inWords(providers.providerFacts(id))
export const channelFacts = (kind: channels.ChannelKind) => inWords(channels.channelFacts(kind))
export const failureTitles = inWords(failures.failureTitles)
