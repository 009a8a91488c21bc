import { parseNanos } from './money.ts'
import { i18n, inWords } from './words.ts'

/** One thing besides its secret that a person says of an account or a channel. */
export interface OptionFacts {
  label: string
  hint?: string
  /** It does not work without one. */
  required?: true
  /** A text of many lines, such as JSON, and one to begin with. The command line reads it from a file (`@file`). */
  document?: { example: string }
  /** It is an amount of money above zero, as decimal text. */
  amount?: true
  /** It is a whole number within these bounds. */
  count?: { least: number; most: number }
  /** The secret is sent to the place that this names: another one wants the secret again. */
  leadsTo?: true
  /** It changes what is told, not what is read. */
  tells?: true
  /** The only values it may have, with their words. */
  choices?: Readonly<Record<string, string>>
}

/** What is wrong with the options, by name: missing ones, and values that an option does not have. */
export function optionProblems(
  label: string,
  facts: Readonly<Record<string, OptionFacts>>,
  options: Readonly<Record<string, string>>,
): [name: string, problem: string][] {
  return Object.entries(facts).flatMap(([name, option]): [string, string][] => {
    const value = options[name] ?? ''
    const meaning = inWords(option.label)
    if (value === '')
      return option.required
        ? [[name, i18n.t('{label} needs the option {name}: {meaning}.', { label, name, meaning })]]
        : []
    if (option.choices && !Object.hasOwn(option.choices, value))
      return [
        [
          name,
          i18n.t('The option {name} is one of: {choices}.', { name, choices: Object.keys(option.choices).join(', ') }),
        ],
      ]
    if (option.amount && (parseNanos(value) ?? 0n) <= 0n)
      return [
        [name, i18n.t('The option {name} is an amount above zero in digits alone, such as 20 or 12.50.', { name })],
      ]
    if (option.count && !isCount(value, option.count))
      return [
        [
          name,
          i18n.t('The option {name} is a whole number from {least} to {most}.', {
            name,
            least: option.count.least,
            most: option.count.most,
          }),
        ],
      ]
    return []
  })
}

function isCount(text: string, { least, most }: { least: number; most: number }): boolean {
  return /^\d{1,9}$/.test(text) && Number(text) >= least && Number(text) <= most
}
