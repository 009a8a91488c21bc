import { t } from '@lingui/core/macro'
import { stackings, type Stacking } from '../../dashboard-query.ts'
import { groupWordsInside } from '../../words/names.ts'

/** By what spend is told apart. */
export function GroupField({ value, onChange }: { value: Stacking; onChange: (value: Stacking) => void }) {
  return (
    <label className="inline-field">
      <span className="quiet small">{t`By`}</span>
      <select
        className="input input-small"
        value={value}
        onChange={(event) => onChange(stackings.find((each) => each === event.target.value) ?? value)}
      >
        {stackings.map((each) => (
          <option key={each} value={each}>
            {groupWordsInside[each]}
          </option>
        ))}
      </select>
    </label>
  )
}
