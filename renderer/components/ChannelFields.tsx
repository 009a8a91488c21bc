import { t } from '@lingui/core/macro'
import type { ReactNode } from 'react'
import { TextField } from './Field.tsx'
import { MoreOptions } from './MoreOptions.tsx'
import { OptionFields } from './OptionField.tsx'
import type { FieldErrors } from '../hooks/field-errors.ts'
import type { ChannelKind } from '../../shared/channels.ts'
import type { OptionFacts } from '../../shared/options.ts'
import { channelFacts } from '../facts.ts'

interface ChannelWay {
  secret: string
  baseUrl: string
  options: Record<string, string>
}

interface ChannelFieldsProps {
  kind: ChannelKind
  values: ChannelWay
  errors: FieldErrors
  set: {
    (field: 'secret' | 'baseUrl', value: string): void
    (field: 'options', value: ChannelWay['options']): void
  }
  /** It has one already, which nobody is shown. */
  keepsSecret?: boolean
  /** What every channel has, such as its label. */
  children: ReactNode
}

/** How a channel is reached: its secret, its options, and behind a summary what works as it is. */
export function ChannelFields({ kind, values, errors, set, keepsSecret = false, children }: ChannelFieldsProps) {
  const facts = channelFacts(kind)
  const options = Object.entries(facts.options)
  const tuning = options.filter(isTuning)
  const optionFields = (shown: typeof options) => (
    <OptionFields facts={shown} values={values.options} errors={errors} onChange={(next) => set('options', next)} />
  )
  return (
    <>
      {facts.secret && (
        <TextField
          label={secretLabel(facts.secret, keepsSecret)}
          type="password"
          autoComplete="new-password"
          className="input input-mono"
          placeholder={facts.secret.hint}
          hint={
            keepsSecret
              ? t`Leave it empty to keep the one it has.`
              : t`Kept in the keychain like a key, because whoever has it can post.`
          }
          value={values.secret}
          error={errors['secret']}
          onChange={(value) => set('secret', value)}
        />
      )}
      {optionFields(options.filter(([, option]) => option.required))}
      {optionFields(options.filter((each) => !each[1].required && !isTuning(each)))}
      {children}
      {facts.secret && (
        <MoreOptions>
          {optionFields(tuning)}
          <TextField
            label={t`Base URL (optional)`}
            placeholder="https://gateway.example.com"
            hint={t`Only for a proxy of your own.`}
            value={values.baseUrl}
            error={errors['baseUrl']}
            onChange={(value) => set('baseUrl', value)}
          />
        </MoreOptions>
      )}
    </>
  )
}

function secretLabel({ name, optional }: { name: string; optional?: true }, keepsSecret: boolean): string {
  if (keepsSecret) return t`New secret: ${name}`
  return optional ? `${name} (optional)` : name
}

/** Numbers and documents that work as they are where nobody says otherwise. */
function isTuning([, option]: [string, OptionFacts]): boolean {
  return !option.required && (option.count !== undefined || option.document !== undefined)
}
