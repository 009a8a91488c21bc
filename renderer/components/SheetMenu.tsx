import { plural, t } from '@lingui/core/macro'
import { useState } from 'react'
import { copyText, saveText } from '../bridge.ts'
import { sheetText, type Sheet } from '../charts/sheet.ts'
import { Menu } from './Menu.tsx'

/** Takes a table out: to the clipboard, or as a file. Says that it did. */
export function SheetMenu({ sheet, fileName, label }: { sheet: Sheet; fileName: string; label: string }) {
  const [said, say] = useState('')
  const rows = sheet.rows.length
  const copy = (format: 'csv' | 'tsv') =>
    void copyText(sheetText(sheet, format)).then((isCopied) =>
      say(isCopied ? plural(rows, { one: '# row copied', other: '# rows copied' }) : t`Copying was refused`),
    )
  return (
    <span className="sheet-menu">
      <span className="quiet small" role="status">
        {said}
      </span>
      <Menu
        label={
          <>
            {t`Copy`}
            <span className="unseen"> {label}</span>
          </>
        }
        look="ghost"
        choices={[
          { label: t`Copy for a spreadsheet`, hint: t`tabs`, run: () => copy('tsv') },
          { label: t`Copy as CSV`, run: () => copy('csv') },
          {
            label: t`Save as CSV`,
            run: () => {
              saveText(`${fileName}.csv`, [sheetText(sheet, 'csv')], 'text/csv')
              say(plural(rows, { one: '# row saved', other: '# rows saved' }))
            },
          },
        ]}
      />
    </span>
  )
}
