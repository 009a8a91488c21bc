import { z } from 'zod'
import { cap, type CapAudit } from '../shared/caps.ts'
import { fail, mayPass } from '../shared/failures.ts'
import { pageUrl, providerFacts } from '../shared/providers.ts'
import { err, type Result } from '../shared/result.ts'
import { dayMs, hourMs, iso, isRecent } from '../shared/time.ts'
import type { ReadContext } from './providers/adapter.ts'
import { adapters } from './providers/registry.ts'
import type { AccountRow } from './storage/accounts.ts'
import type { CapsTable } from './storage/caps.ts'
import { i18n } from '../shared/words.ts'

export type Caps = ReturnType<typeof createCaps>

/** Either the limits, or why nobody can tell; `mayPass` where that may be otherwise soon. */
const capReading = z.union([
  z.object({ caps: z.array(cap) }),
  z.object({ reason: z.string(), mayPass: z.boolean().optional() }),
])

/**
 * Whether a limit stands at each provider itself, which is the only thing that stops a burst between two polls. Read once
 * a day beside the spend, and on request.
 */
export function createCaps(parts: {
  table: CapsTable
  context(account: AccountRow): Promise<Result<ReadContext>>
  now(): number
}) {
  const { table } = parts

  function audit({ id, label, provider }: AccountRow): CapAudit {
    const stored = table.get(id)
    const read = capReading.safeParse(stored?.answer)
    const known = read.success ? read.data : { reason: unknownBecause(provider) }
    const caps = 'caps' in known ? known.caps : []
    return {
      accountId: id,
      label,
      provider,
      state: 'reason' in known ? 'unreadable' : caps.length > 0 ? 'set' : 'missing',
      caps,
      reason: 'reason' in known ? known.reason : null,
      checkedAt: stored ? iso(stored.checkedAtMs) : null,
      link: pageUrl(provider, 'limit'),
    }
  }

  async function read(account: AccountRow): Promise<void> {
    const { caps } = adapters[account.provider]
    if (!caps) return
    const context = await parts.context(account)
    const found = context.ok ? await caps(context.value).catch(unexpected) : context
    const answer = found.ok ? { caps: found.value } : { reason: found.failure.message, mayPass: mayPass(found.failure) }
    table.save(account.id, parts.now(), answer satisfies z.input<typeof capReading>)
  }

  return {
    audit,
    read,
    /** Once a day is enough: people set limits by hand. A fault of the moment must not stand for the day. */
    async refresh(account: AccountRow): Promise<void> {
      const { checkedAtMs = -Infinity, answer } = table.get(account.id) ?? {}
      const stored = capReading.safeParse(answer)
      const isOfMoment = stored.success && 'reason' in stored.data && stored.data.mayPass === true
      if (!isRecent(checkedAtMs, parts.now(), isOfMoment ? hourMs : dayMs)) await read(account)
    },
  }
}

function unexpected(error: Error) {
  return err(fail('internal', i18n.t('Reading the limits failed: {name}.', { name: error.name })))
}

function unknownBecause(provider: AccountRow['provider']): string {
  const { label } = providerFacts(provider)
  return adapters[provider].caps
    ? i18n.t('Not read yet.')
    : i18n.t('{label} does not show its limits to programs. Look there yourself.', { label })
}
