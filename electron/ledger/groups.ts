import type { Grouping } from '../../shared/spend.ts'
import { noName } from '../../shared/scope.ts'
import type { OwnedSpend } from '../detection/finding.ts'

/** Key and label of the group that spend belongs to. */
export function groupOf(
  { owner, labels }: Pick<OwnedSpend, 'owner' | 'labels'>,
  by: Exclude<Grouping, 'day' | 'hour'>,
): { key: string; label: string } {
  const named = (key: string | null | undefined, label: string | null) => ({
    key: key ?? noName,
    label: label ?? key ?? noName,
  })
  switch (by) {
    case 'provider':
      return named(owner.provider, labels.provider)
    case 'account':
      return named(owner.account, labels.account)
    case 'workspace':
      return named(owner.workspace, owner.workspace)
    case 'project':
      return named(owner.project[0], labels.project)
    case 'model':
      return named(owner.model, owner.model)
    case 'key':
      return named(owner.key[0], labels.key)
    default:
      return by satisfies never
  }
}
