import { t } from '@lingui/core/macro'
import { useEffect, useRef, useState } from 'react'
import { cellWords } from './routing-words.ts'
import { cell as cellSchema, longestRungMinutes, type Cell } from '../../../shared/routing.ts'
import { typedNumber } from '../../hooks/field-errors.ts'

interface CellFieldProps {
  /** Channel and severity. */
  label: string
  /** What somebody set here; undefined where what is usual or inherited counts. */
  cell: Cell | undefined
  otherwise: Cell
  /** What `otherwise` is called in the list of an exception; null in the base, where it is one of the choices. */
  inherited: string | null
  /** Id of the words that say that a cell is not set, for people who hear the page. */
  quietId: string
  onChange: (cell: Cell | undefined) => void
}

const ladder = [5, 15, 30, 60]

/** When one channel hears one severity. The system's own select, so that keyboards and screen readers know it. */
export function CellField({ label, cell, otherwise, inherited, quietId, onChange }: CellFieldProps) {
  const [isTyping, setTyping] = useState(false)
  const select = useRef<HTMLSelectElement>(null)
  if (isTyping)
    return (
      <MinutesField
        label={label}
        onDone={(minutes, isByKey) => {
          setTyping(false)
          if (minutes !== null) onChange(minutes)
          if (isByKey) requestAnimationFrame(() => select.current?.focus())
        }}
      />
    )
  const counts = cell ?? otherwise
  const minutes = typeof counts === 'number' && counts > 0 && !ladder.includes(counts) ? [...ladder, counts] : ladder
  const choose = (value: string) => {
    if (value === 'other') setTyping(true)
    else if (value === 'inherited') onChange(undefined)
    else onChange(value === 'never' || value === 'backup' ? value : Number(value))
  }
  return (
    <select
      ref={select}
      className="cell"
      aria-label={label}
      aria-describedby={cell === undefined ? quietId : undefined}
      data-set={cell !== undefined || undefined}
      value={inherited !== null && cell === undefined ? 'inherited' : String(counts)}
      onChange={(event) => choose(event.target.value)}
    >
      {inherited !== null && (
        <optgroup label={inherited}>
          <option value="inherited">{cellWords(otherwise)}</option>
        </optgroup>
      )}
      <optgroup label={inherited === null ? t`Without waiting` : t`Only here`}>
        <option value="0">{cellWords(0)}</option>
      </optgroup>
      <optgroup label={t`If nobody acknowledges`}>
        {[...minutes]
          .sort((a, b) => a - b)
          .map((each) => (
            <option key={each} value={each}>
              {cellWords(each)}
            </option>
          ))}
        <option value="other">{t`Other minutes…`}</option>
      </optgroup>
      <optgroup label={t`If another does not get through`}>
        <option value="backup">{cellWords('backup')}</option>
      </optgroup>
      <optgroup label={t`Not at all`}>
        <option value="never">{cellWords('never')}</option>
      </optgroup>
    </select>
  )
}

interface MinutesFieldProps {
  label: string
  /** isByKey: the keyboard stays where it is. */
  onDone: (minutes: number | null, isByKey: boolean) => void
}

/** Minutes that are not in the list. Enter or leaving takes them, Escape does not. */
function MinutesField({ label, onDone }: MinutesFieldProps) {
  const [text, setText] = useState('')
  const input = useRef<HTMLInputElement>(null)
  const isOver = useRef(false)
  // Whoever chose "Other minutes" is about to type them.
  useEffect(() => input.current?.focus(), [])
  const parsed = cellSchema.safeParse(typedNumber(text))
  const isWrong = text.trim() !== '' && !parsed.success
  // A field that is taken away loses the focus too: only the first end counts.
  const end = (minutes: number | null, isByKey: boolean) => {
    if (isOver.current) return
    isOver.current = true
    onDone(minutes, isByKey)
  }
  const minutes = parsed.success && typeof parsed.data === 'number' ? parsed.data : null
  return (
    <span className="cell-minutes">
      <input
        ref={input}
        className="input input-small number"
        inputMode="numeric"
        autoComplete="off"
        size={4}
        aria-label={t`Minutes until ${label}`}
        aria-invalid={isWrong || undefined}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onBlur={() => end(minutes, false)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') end(null, true)
          if (event.key === 'Enter' && !isWrong) end(minutes, true)
        }}
      />
      <span className="quiet small">{t`min`}</span>
      {isWrong && (
        <span className="field-error" role="alert">
          {t`0 to ${longestRungMinutes}`}
        </span>
      )}
    </span>
  )
}
