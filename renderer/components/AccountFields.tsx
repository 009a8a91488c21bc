import { t } from '@lingui/core/macro'
import { Button } from './Button.tsx'
import { TextField } from './Field.tsx'
import { KeyField } from './KeyField.tsx'
import { MoreOptions } from './MoreOptions.tsx'
import { OptionFields } from './OptionField.tsx'
import type { FieldErrors } from '../hooks/field-errors.ts'
import { useAction } from '../hooks/use-call.ts'
import type { OptionFacts } from '../../shared/options.ts'
import type { ProviderId } from '../../shared/providers.ts'
import { providerFacts } from '../facts.ts'

/** What is in the fields of an account, be it new or there already. */
export interface AccountValues {
  label: string
  workspace: string
  secret: string
  baseUrl: string
  options: Record<string, string>
}

interface AccountFieldsProps {
  provider: ProviderId
  values: AccountValues
  errors: FieldErrors
  onChange: (change: Partial<AccountValues>) => void
  /** What it is called here, where that is not the provider's own name for it. */
  keyLabel?: string
  keyHint: string
}

export function AccountFields({ provider, values, errors, onChange, keyLabel, keyHint }: AccountFieldsProps) {
  const open = useAction('links:open')
  const { key, label, options: facts } = providerFacts(provider)
  const options: [string, OptionFacts][] = Object.entries(facts)
  const optionFields = (shown: typeof options) => (
    <OptionFields
      facts={shown}
      values={values.options}
      errors={errors}
      onChange={(next) => onChange({ options: next })}
    />
  )
  const more = options.filter(([, option]) => !option.required)
  return (
    <>
      {key && (
        <>
          <div className="key-help">
            <p className="small">{key.help}</p>
            {key.url && (
              <Button icon="open" onClick={() => void open.run({ provider, page: 'key' })}>
                {t`Create a key at ${label}`}
              </Button>
            )}
          </div>
          <KeyField
            label={keyLabel ?? (key.optional ? `${key.name} (optional)` : key.name)}
            facts={key}
            hint={keyHint}
            value={values.secret}
            error={errors['secret']}
            onChange={(value) => onChange({ secret: value })}
          />
        </>
      )}
      {optionFields(options.filter(([, option]) => option.required))}
      <div className="form-row">
        <TextField
          label={t`Label`}
          placeholder={t`${label} production`}
          value={values.label}
          error={errors['label']}
          onChange={(value) => onChange({ label: value })}
        />
        <TextField
          label={t`Workspace (optional)`}
          placeholder={t`Client or team`}
          value={values.workspace}
          error={errors['workspace']}
          onChange={(value) => onChange({ workspace: value })}
        />
      </div>
      {(key !== null || more.length > 0) && (
        <MoreOptions>
          {key && (
            <TextField
              label={t`Base URL (optional)`}
              placeholder="https://gateway.example.com"
              hint={t`Only for a proxy, gateway or region of your own. The key is sent to that host.`}
              value={values.baseUrl}
              error={errors['baseUrl']}
              onChange={(value) => onChange({ baseUrl: value })}
            />
          )}
          {optionFields(more)}
        </MoreOptions>
      )}
    </>
  )
}

/** From what is in the fields to what the schemas of accounts read: what is empty is not there. */
export function accountEntryOf<V extends AccountValues>(values: V) {
  const options = Object.entries(values.options).filter(([, value]) => value.trim() !== '')
  return {
    ...values,
    workspace: values.workspace.trim() || null,
    baseUrl: values.baseUrl.trim() || null,
    options: Object.fromEntries(options),
  }
}
