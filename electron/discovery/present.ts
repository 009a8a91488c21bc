import type { Discovered, Trace } from '../../shared/discovery.ts'
import { providerFacts, providerIds, requiredOptions } from '../../shared/providers.ts'
import type { Look } from './look.ts'
import { what } from './what.ts'
import { inWords } from '../../shared/words.ts'

type Provider = Discovered['providers'][number]

/** What was found, by provider, with what to do about it: first those that could be watched and are not. */
export function present(look: Look, accounts: readonly { provider: string }[]): Discovered {
  const providers = Object.keys(what).flatMap((id): Provider[] => {
    const traces = look.traces
      .filter(({ provider }) => provider === id)
      .map(({ kind, name, where, ability }): Trace => ({ kind, name, where, ability }))
    return traces.length === 0 ? [] : [presentOne(id, traces, accounts)]
  })
  const rank = ({ watchable, accounts: watched }: Provider) => (watchable ? (watched === 0 ? 0 : 1) : 2)
  return {
    providers: providers.sort((a, b) => rank(a) - rank(b)),
    unread: look.unread,
    stopped: look.stopped,
  }
}

function presentOne(id: string, traces: Trace[], accounts: readonly { provider: string }[]): Provider {
  const known = providerIds.find((each) => each === id)
  const one = {
    id,
    traces,
    watchable: known !== undefined,
    accounts: accounts.filter(({ provider }) => provider === id).length,
  }
  if (known === undefined) return { ...one, label: what[id]?.label ?? id, key: null, command: null }
  const facts = inWords(providerFacts(known))
  return {
    ...one,
    label: facts.label,
    key: facts.key && { name: facts.key.name, help: facts.key.help, url: facts.key.url ?? facts.billingUrl },
    command: [
      `spend-guard accounts add ${id} --label ${quoted(facts.label)}`,
      ...requiredOptions(known).map((name) => `--option ${name}=…`),
      ...(facts.key ? sourceOf(traces) : []),
    ].join(' '),
  }
}

/** Where a key lies that reads the bill and no more: the command takes it from there. Otherwise it asks for one. */
function sourceOf(traces: readonly Trace[]): string[] {
  const key = takeable(traces)
  if (!key) return []
  return key.where === 'environment'
    ? [`--from-env ${key.name}`]
    : [`--from-file ${quoted(`${key.where}:${key.name}`)}`]
}

/** The key worth taking, once a person agrees. */
export function takeable(traces: readonly Trace[]): Trace | undefined {
  return traces.find(({ kind, ability }) => kind === 'variable' && ability === 'bill')
}

/** For a shell; what needs no quotes gets none. */
function quoted(text: string): string {
  if (/^[\w.,:/\\~@%+-]+$/.test(text)) return text
  return /["$`!\\]/.test(text) ? `'${text.replaceAll("'", String.raw`'\''`)}'` : `"${text}"`
}
