import { useState } from 'react'
import { copyText, saveText } from '../bridge.ts'
import { sheetText, type Sheet } from '../charts/sheet.ts'
import { Menu } from './Menu.tsx'

/** Takes a table out: to the clipboard, or as a file. Says that it did. */
export function SheetMenu({ sheet, fileName, label }: { sheet: Sheet; fileName: string; label: string }) {
  const [said, say] = useState('')
  const rows = `${sheet.rows.length} ${sheet.rows.length === 1 ? 'row' : 'rows'}`
  const copy = (format: 'csv' | 'tsv') =>
    void copyText(sheetText(sheet, format)).then((isCopied) => say(isCopied ? `${rows} copied` : 'Copying was refused'))
  return (
    <span className="sheet-menu">
      <span className="quiet small" role="status">
        {said}
      </span>
      <Menu
        label={
          <>
            Copy<span className="unseen"> {label}</span>
          </>
        }
        look="ghost"
        choices={[
          { label: 'Copy for a spreadsheet', hint: 'tabs', run: () => copy('tsv') },
          { label: 'Copy as CSV', run: () => copy('csv') },
          {
            label: 'Save as CSV',
            run: () => {
              saveText(`${fileName}.csv`, [sheetText(sheet, 'csv')], 'text/csv')
              say(`${rows} saved`)
            },
          },
        ]}
      />
    </span>
  )
}
