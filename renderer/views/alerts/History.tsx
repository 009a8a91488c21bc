import { t } from '@lingui/core/macro'
import { viaWords } from './delivery-words.ts'
import { Card } from '../../components/Card.tsx'
import { alertStateWords } from '../../words/names.ts'
import { stepWords } from '../../words/rule-steps.ts'
import { momentText } from '../../words/times.ts'
import type { Alert, AlertChange, JudgedAlert, Seen } from '../../../shared/alerts.ts'
import { formatMoney } from '../../../shared/money.ts'
import type { Verdict } from '../../../shared/verdicts.ts'
import { sentences } from '../../../shared/words.ts'

const judgedWords: Record<Verdict, string> = {
  real: t`Judged a real problem`,
  false: t`Judged a false alarm`,
  expected: t`Judged expected`,
}

/** What happened, who did it and from where, and what the rule saw; newest first. */
export function History({ alert, zone }: { alert: Alert; zone: string }) {
  const changes = alert.history.map((change, index) => ({
    key: `change ${index}`,
    at: change.at,
    what: alertStateWords[change.state],
    who: whoText(change),
    note: change.note,
    saw: change.saw,
  }))
  const verdicts = alert.verdicts.map((judged, index) => ({
    key: `verdict ${index}`,
    at: judged.at,
    what: judgedWords[judged.verdict],
    who: whoText(judged),
    note: judged.note,
    saw: null,
  }))
  const all = [...changes, ...verdicts].sort((a, b) => a.at.localeCompare(b.at)).reverse()
  return (
    <Card title={t`History`}>
      <ol className="history">
        {all.map(({ key, at, what, who, note, saw }) => (
          <li key={key}>
            <p>
              <strong>{what}</strong> <span className="quiet">{who}</span>
            </p>
            {note && <p className="small">{note}</p>}
            {saw && <p className="quiet small">{seenText(saw)}</p>}
            <p className="quiet small">{momentText(at, zone)}</p>
          </li>
        ))}
      </ol>
    </Card>
  )
}

function whoText({ by, via }: AlertChange | JudgedAlert): string {
  if (via === 'guard') return t`by the guard`
  return by === 'you' ? t`by you ${viaWords[via]}` : t`by ${by} ${viaWords[via]}`
}

/** "Saw $30.00 of $25.00. New: 80%." */
function seenText({ amount, limit, currency, newSteps }: Seen): string {
  const money = (text: string | null) => formatMoney(text, currency)
  const steps = stepWords(newSteps).join(', ')
  return sentences(
    limit === null ? t`Saw ${money(amount)}.` : t`Saw ${money(amount)} of ${money(limit)}.`,
    steps === '' ? null : t`New: ${steps}.`,
  )
}
