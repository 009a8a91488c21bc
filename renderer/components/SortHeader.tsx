import type { SheetOrder } from '../charts/sheet.ts'

interface SortHeaderProps {
  label: string
  column: number
  order: SheetOrder
  onSort: (order: SheetOrder) => void
  isNumber?: boolean
}

/** A column's head that sorts by it; a second press turns it round. */
export function SortHeader({ label, column, order, onSort, isNumber = false }: SortHeaderProps) {
  const isSorted = order.column === column
  return (
    <th
      scope="col"
      className={isNumber ? 'right' : undefined}
      aria-sort={isSorted ? (order.isDown ? 'descending' : 'ascending') : 'none'}
    >
      <button
        type="button"
        className="sort-button"
        // Of numbers one wants the largest first, of names the first.
        onClick={() => onSort({ column, isDown: isSorted ? !order.isDown : isNumber })}
      >
        {label}
        <span className="sort-mark" aria-hidden="true">
          {isSorted ? (order.isDown ? '↓' : '↑') : ''}
        </span>
      </button>
    </th>
  )
}
