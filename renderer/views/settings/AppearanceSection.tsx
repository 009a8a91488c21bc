import { t } from '@lingui/core/macro'
import { RadioGroup } from 'radix-ui'
import { Answered } from '../../components/Answered.tsx'
import { Card } from '../../components/Card.tsx'
import { SelectField } from '../../components/Field.tsx'
import { FailureNote } from '../../components/Notes.tsx'
import { Skeleton } from '../../components/Skeleton.tsx'
import { useAction, useCall } from '../../hooks/use-call.ts'
import { momentText } from '../../words/times.ts'
import { formatMoney } from '../../../shared/money.ts'
import { languages, settings, type Settings } from '../../../shared/settings.ts'

const themes: Record<Settings['appearance'], { label: string; about: string }> = {
  system: { label: t`Like the system`, about: t`Light or dark, and changes with it` },
  light: { label: t`Light`, about: t`Dark text on a light ground` },
  dark: { label: t`Dark`, about: t`Light text on a dark ground` },
}

export function AppearanceSection() {
  const answer = useCall('settings:get', {})
  return (
    <div className="stack">
      <Card title={t`Theme`}>
        <Answered answer={answer} waiting={<Skeleton size="figure" count={2} />}>
          {({ appearance }) => <Themes chosen={appearance} />}
        </Answered>
      </Card>
      <Card title={t`Language and motion`}>
        <div className="form">
          {answer.value && <LanguageField chosen={answer.value.language} />}
          <LocaleNote />
        </div>
      </Card>
    </div>
  )
}

/** There is nothing to save: what is chosen is there at once. */
function Themes({ chosen }: { chosen: Settings['appearance'] }) {
  const change = useAction('settings:change')
  return (
    <div className="form">
      <RadioGroup.Root
        className="choices"
        aria-label={t`Theme`}
        value={chosen}
        onValueChange={(value) => {
          const appearance = settings.shape.appearance.unwrap().safeParse(value)
          if (appearance.success) void change.run({ appearance: appearance.data })
        }}
      >
        {Object.entries(themes).map(([theme, { label, about }]) => (
          <RadioGroup.Item
            key={theme}
            value={theme}
            className="choice"
            aria-label={label}
            aria-describedby={`about-${theme}`}
          >
            <span className="choice-mark" aria-hidden="true" />
            <strong>{label}</strong>
            <span className="quiet small" id={`about-${theme}`}>
              {about}
            </span>
          </RadioGroup.Item>
        ))}
      </RadioGroup.Root>
      {change.failure && <FailureNote failure={change.failure} />}
    </div>
  )
}

/** Each in its own words: whoever chose a wrong one finds back. */
const languageNames: Record<Settings['language'], string> = {
  system: t`Like the system`,
  en: t`English`,
  de: t`Deutsch`,
}

/** The page is loaded anew in the language that is chosen. */
function LanguageField({ chosen }: { chosen: Settings['language'] }) {
  const change = useAction('settings:change')
  return (
    <>
      <SelectField
        label={t`Language`}
        value={chosen}
        choices={(['system', ...languages] as const).map((value) => ({ value, label: languageNames[value] }))}
        onChange={(language) => void change.run({ language })}
      />
      {change.failure && <FailureNote failure={change.failure} />}
    </>
  )
}

function LocaleNote() {
  const { locale, timeZone } = Intl.DateTimeFormat().resolvedOptions()
  const language = new Intl.DisplayNames(locale, { type: 'language' }).of(locale) ?? locale
  return (
    <>
      <p>{t`Numbers and dates are written as your system writes them (${language}): ${formatMoney('1234.5', 'USD')}, ${momentText(new Date().toISOString(), timeZone)}.`}</p>
      <p className="quiet small">{t`Nothing moves where your system asks for less motion. Where a day begins, and the currency of totals, are under General.`}</p>
    </>
  )
}
