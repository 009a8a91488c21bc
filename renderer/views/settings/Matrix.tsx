import { t } from '@lingui/core/macro'
import { useId } from 'react'
import { CellField } from './CellField.tsx'
import { severityColumns, withCell } from './routing-draft.ts'
import { SeverityBadge } from '../../components/states.tsx'
import { severityWords, severityWordsInside } from '../../words/names.ts'
import type { Severity } from '../../../shared/alerts.ts'
import type { Channel } from '../../../shared/channels.ts'
import type { Cell, Matrix as Cells } from '../../../shared/routing.ts'

interface MatrixProps {
  caption: string
  channels: readonly Channel[]
  matrix: Cells
  /** What counts for a cell that is not set. */
  otherwise: (channel: Channel, severity: Severity) => Cell
  /** What that is called. In the base a choice that equals it needs no note of its own; in an exception it does. */
  inherited: string | null
  onChange: (matrix: Cells) => void
}

/** Channels by severities: when each hears of what. */
export function Matrix({ caption, channels, matrix, otherwise, inherited, onChange }: MatrixProps) {
  const quietId = useId()
  const change = (channel: Channel, severity: Severity, cell: Cell | undefined) => {
    const isUsual = inherited === null && cell === otherwise(channel, severity)
    onChange(withCell(matrix, channel.id, severity, isUsual ? undefined : cell))
  }
  return (
    <>
      <span id={quietId} className="unseen">
        {inherited ?? t`As usual`}
      </span>
      <table className="matrix">
        <caption className="unseen">{caption}</caption>
        <thead>
          <tr>
            <th scope="col">{t`Channel`}</th>
            {severityColumns.map((severity) => (
              <th key={severity} scope="col">
                <SeverityBadge severity={severity} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {channels.map((channel) => (
            <tr key={channel.id}>
              <th scope="row">
                <span className="cut" title={channel.label}>
                  {channel.label}
                </span>
                {noteOf(channel) && <span className="quiet small">{noteOf(channel)}</span>}
              </th>
              {severityColumns.map((severity) => (
                <td key={severity} data-severity={severityWords[severity]}>
                  <CellField
                    label={`${channel.label}, ${severityWordsInside[severity]}`}
                    cell={matrix[channel.id]?.[severity]}
                    otherwise={otherwise(channel, severity)}
                    inherited={inherited}
                    quietId={quietId}
                    onChange={(cell) => change(channel, severity, cell)}
                  />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </>
  )
}

function noteOf({ state, person }: Channel): string | null {
  if (state === 'gone') return t`Gone`
  if (state === 'capped') return t`Daily cap reached`
  if (state === 'absent') return t`Not on this computer`
  return person === null ? null : t`Reaches ${person}`
}
