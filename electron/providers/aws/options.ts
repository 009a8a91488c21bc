import type { Options } from '../adapter.ts'
import { listOption } from '../list-option.ts'
import { regions } from './regions.ts'
import { i18n } from '../../../shared/words.ts'

/**
 * Which part of the bill an account stands for. With regions it is Bedrock: the metrics are Bedrock's alone, and bill
 * and estimate of one account must be about the same money.
 */
export function partOf(options: Options): 'all' | 'bedrock' | 'rest' {
  if (listOption(options, 'regions').length > 0 || options['bill'] === 'bedrock') return 'bedrock'
  return options['bill'] === 'rest' ? 'rest' : 'all'
}

/** What is wrong with the options, in a sentence that says what to do; null when nothing is. */
export function refuseOptions(options: Options): string | null {
  const asked = listOption(options, 'regions')
  const strange = asked.find((region) => !regions.includes(region))
  if (strange !== undefined)
    return i18n.t('"{strange}" is no region of AWS that the guard knows. It looks like us-east-1.', { strange })
  if (asked.length > 0 && (options['bill'] ?? 'bedrock') !== 'bedrock')
    return i18n.t(
      'With regions the account is about Bedrock alone. Leave out "bill" here, and add a second account with bill=rest for everything else.',
    )
  const odd = listOption(options, 'account_ids').find((id) => !/^\d{12}$/.test(id))
  if (odd !== undefined) return i18n.t('"{odd}" is no account id of AWS, which has 12 digits.', { odd })
  return null
}
