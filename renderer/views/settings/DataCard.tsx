import { saveText } from '../../bridge.ts'
import { Button } from '../../components/Button.tsx'
import { Card } from '../../components/Card.tsx'
import { FailureNote } from '../../components/Notes.tsx'
import { useExport } from '../../hooks/use-export.ts'
import { useZone } from '../../hooks/use-zone.ts'
import { exportFormats, type ExportFormat } from '../../../shared/spend.ts'
import { addDays, localDay } from '../../../shared/time.ts'

const formats = {
  csv: { label: 'Export CSV', ending: '.csv', type: 'text/csv' },
  json: { label: 'Export JSON', ending: '.json', type: 'application/json' },
  focus: { label: 'Export FOCUS 1.4', ending: '.focus.csv', type: 'text/csv' },
} as const satisfies Record<ExportFormat, { label: string; ending: string; type: string }>

/** Takes the ledger's last 90 days out as a file. */
export function DataCard() {
  const exporting = useExport('spend:export')
  const zone = useZone()
  const to = localDay(Date.now(), zone)
  const from = addDays(to, -89)
  const save = (format: ExportFormat) =>
    void exporting.run({ format, from, to }).then((result) => {
      const { ending, type } = formats[format]
      if (result.ok) saveText(`spend-${from}-to-${to}${ending}`, result.value.pieces, type)
    })
  return (
    <Card title="Data">
      <div className="form">
        <p>Everything is kept on this machine. Take the last 90 days with you:</p>
        {exporting.failure && <FailureNote failure={exporting.failure} />}
        <div className="buttons">
          {exportFormats.map((format) => (
            <Button key={format} icon="download" busy={exporting.busy} onClick={() => save(format)}>
              {formats[format].label}
            </Button>
          ))}
          {exporting.value && (
            <span className="quiet small" role="status">
              {exporting.value.rows} rows saved
            </span>
          )}
        </div>
      </div>
    </Card>
  )
}
