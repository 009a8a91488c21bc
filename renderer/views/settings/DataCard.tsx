import { saveText } from '../../bridge.ts'
import { Button } from '../../components/Button.tsx'
import { Card } from '../../components/Card.tsx'
import { FailureNote } from '../../components/Notes.tsx'
import { useAction } from '../../hooks/use-call.ts'
import { useZone } from '../../hooks/use-zone.ts'
import { addDays, localDay } from '../../../shared/time.ts'

/** Takes the ledger's last 90 days out as a file. */
export function DataCard() {
  const exporting = useAction('spend:export')
  const zone = useZone()
  const to = localDay(Date.now(), zone)
  const from = addDays(to, -89)
  const save = (format: 'csv' | 'json') =>
    void exporting.run({ format, from, to }).then((result) => {
      if (result.ok)
        saveText(
          `spend-${from}-to-${to}.${format}`,
          result.value.text,
          format === 'csv' ? 'text/csv' : 'application/json',
        )
    })
  return (
    <Card title="Data">
      <div className="form">
        <p>Everything is kept on this machine. Take the last 90 days with you:</p>
        {exporting.failure && <FailureNote failure={exporting.failure} />}
        <div className="buttons">
          <Button icon="download" busy={exporting.busy} onClick={() => save('csv')}>
            Export CSV
          </Button>
          <Button icon="download" busy={exporting.busy} onClick={() => save('json')}>
            Export JSON
          </Button>
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
