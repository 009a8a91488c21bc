import { t } from '@lingui/core/macro'
import { hrefOf } from '../../address.ts'
import type { Mark } from '../../charts/marks.ts'
import { stepText } from '../../charts/step-text.ts'
import type { ChartArea } from '../../components/StackChart.tsx'
import { Icon } from '../../components/Icon.tsx'
import { severityWords } from '../../words/names.ts'

interface AlertMarksProps {
  marks: readonly Mark[]
  area: ChartArea
  /** How many steps the chart is wide. */
  steps: number
  zone: string
}

/** Links over the steps in which alerts opened, each to the gravest; the table names them all. */
export function AlertMarks({ marks, area, steps, zone }: AlertMarksProps) {
  if (marks.length === 0) return null
  const width = (area.right - area.left) / Math.max(1, steps)
  return (
    <ul className="alert-marks" aria-label={t`Alerts in this time`}>
      {marks.map(({ index, step, alerts }) => {
        const [first] = alerts
        if (!first) return null
        const more = alerts.length > 1 ? t`, and ${alerts.length - 1} more` : ''
        const text = `${stepText(step, zone, true)}: ${severityWords[first.severity]}, ${first.summary}${more}`
        return (
          <li key={step} style={{ left: area.left + (index + 0.5) * width }}>
            <a
              className={`alert-mark alert-mark-${first.severity}`}
              href={hrefOf({ view: 'alert', id: first.id })}
              aria-label={text}
              title={text}
            >
              <Icon name={first.severity === 'info' ? 'info' : 'alert'} />
            </a>
          </li>
        )
      })}
    </ul>
  )
}
