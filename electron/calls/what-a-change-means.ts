import type { AccountChange } from '../../shared/accounts.ts'
import { providerFacts } from '../../shared/providers.ts'
import { feedsOf } from '../providers/registry.ts'
import type { AccountRow } from '../storage/accounts.ts'
import { i18n, sentences } from '../../shared/words.ts'

/** Whether other requests go out than before. Options that only say what is told of it do not count. */
export function isReadAnotherWay(before: AccountRow, change: AccountChange): boolean {
  const { options } = providerFacts(before.provider)
  const names = Object.keys(options).filter((name) => !options[name]?.tells)
  return (
    before.baseUrl !== change.baseUrl ||
    names.some((name) => (before.options[name] ?? '') !== (change.options[name] ?? ''))
  )
}

/** What becomes of the history that was read already, in sentences for a person; none where nothing does. */
export function whatItMeans(before: AccountRow, change: AccountChange): string[] {
  const means: string[] = []
  if (before.label !== change.label) means.push(i18n.t('Spend that was read before is shown under the new label too.'))
  if (before.workspace !== change.workspace) means.push(workspaceText(before.workspace, change.workspace))
  if (!isReadAnotherWay(before, change)) return means
  const now = feedsOf(change).filter(isRead)
  const were = feedsOf(before).filter(isRead)
  const ids = (feeds: typeof now) => feeds.map(({ id }) => id).join(', ')
  const dropped = were.filter(({ id }) => !now.some((feed) => feed.id === id))
  const added = now.filter(({ id }) => !were.some((feed) => feed.id === id))
  const kept = now.filter((feed) => !added.includes(feed))
  if (kept.some(({ source }) => source === undefined))
    means.push(
      i18n.t(
        'What was read before stays. The history is read again in the new way, and takes the place of each day that it answers.',
      ),
    )
  if (kept.some(({ source }) => source === 'counter'))
    means.push(
      i18n.t('Running totals are noted anew: what is spent between the last look and the next is not counted.'),
    )
  if (dropped.length > 0)
    means.push(i18n.t('No longer read: {ids}. What it brought so far stays, and still counts.', { ids: ids(dropped) }))
  if (added.length > 0) means.push(i18n.t('Read from now on: {ids}.', { ids: ids(added) }))
  return means
}

function isRead({ source }: { source?: 'counter' | 'import' }): boolean {
  return source !== 'import'
}

function workspaceText(before: string | null, after: string | null): string {
  return sentences(
    after === null
      ? i18n.t('All its spend, also what was read before, belongs to no workspace from now on.')
      : i18n.t('All its spend, also what was read before, belongs to the workspace {after} from now on.', { after }),
    before === null ? null : i18n.t('Budgets and routes of {before} no longer see it.', { before }),
  )
}
