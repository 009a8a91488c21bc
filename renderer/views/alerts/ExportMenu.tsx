import { plural, t } from '@lingui/core/macro'
import { saveText } from '../../bridge.ts'
import { Menu } from '../../components/Menu.tsx'
import { FailureNote } from '../../components/Notes.tsx'
import { useExport } from '../../hooks/use-export.ts'
import { alertExportFormats, type AlertExportFormat } from '../../../shared/alert-search.ts'
import { utcDay } from '../../../shared/time.ts'

const types = { csv: 'text/csv', json: 'application/json' } as const satisfies Record<AlertExportFormat, string>

/** Takes the whole history of alerts out as a file. */
export function ExportMenu() {
  const exporting = useExport('alerts:export')
  const save = (format: AlertExportFormat) =>
    void exporting.run({ format }).then((result) => {
      if (result.ok) saveText(`alerts-${utcDay(Date.now())}.${format}`, result.value.pieces, types[format])
    })
  return (
    <>
      {exporting.failure && <FailureNote failure={exporting.failure} />}
      {exporting.value && (
        <span className="quiet small" role="status">
          {plural(exporting.value.rows, { one: '# alert saved', other: '# alerts saved' })}
        </span>
      )}
      <Menu
        label={t`Export history`}
        icon="download"
        busy={exporting.busy}
        choices={alertExportFormats.map((format) => ({ label: format.toUpperCase(), run: () => save(format) }))}
      />
    </>
  )
}
