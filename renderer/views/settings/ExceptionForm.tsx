import { t } from '@lingui/core/macro'
import { HoursFields } from './HoursFields.tsx'
import { ScopeFields } from './ScopeFields.tsx'
import { Button } from '../../components/Button.tsx'
import { Switch } from '../../components/Switch.tsx'
import { useForm } from '../../hooks/use-form.ts'
import { useZone } from '../../hooks/use-zone.ts'
import type { Hours } from '../../../shared/hours.ts'
import { ok } from '../../../shared/result.ts'
import { exception as exceptionSchema, type Exception } from '../../../shared/routing.ts'
import { formatScope, parseScope, scopeKinds, type ScopeKind } from '../../../shared/scope.ts'

type When = Pick<Exception, 'scope' | 'hours'>

interface ExceptionFormProps {
  exception: When | null
  accounts: readonly { id: string; label: string }[]
  onDone: (when: When) => void
  onCancel: () => void
}

const office: Hours = { days: ['mon', 'tue', 'wed', 'thu', 'fri'], from: '09:00', to: '18:00' }

/** Which alerts an exception is for. Nothing is saved yet: it becomes part of the draft. */
export function ExceptionForm({ exception, accounts, onDone, onCancel }: ExceptionFormProps) {
  const zone = useZone()
  const scope = parseScope(exception?.scope ?? '')
  const form = useForm({
    initial: {
      scopeKind: scope?.kind ?? ('workspace' as ScopeKind),
      scopeName: scope?.name ?? '',
      isTimed: exception ? exception.hours !== null : false,
      hours: exception?.hours ?? office,
    },
    schema: exceptionSchema.pick({ scope: true, hours: true }),
    toEntry: ({ scopeKind, scopeName, isTimed, hours }) => ({
      scope: formatScope({ kind: scopeKind, name: scopeName.trim() }),
      hours: isTimed ? hours : null,
    }),
    send: (when) => Promise.resolve(ok(when)),
    onDone,
  })
  const { values, errors, set } = form
  return (
    <form className="form" onSubmit={form.submit} noValidate>
      <ScopeFields
        label={t`Alerts about`}
        kinds={scopeKinds}
        kind={values.scopeKind}
        name={values.scopeName}
        accounts={accounts}
        error={errors['scope']}
        onKind={(scopeKind) => form.replace({ ...values, scopeKind, scopeName: '' })}
        onName={(value) => set('scopeName', value)}
      />
      <Switch label={t`Only at some hours`} checked={values.isTimed} onChange={(value) => set('isTimed', value)} />
      {values.isTimed && (
        <>
          <HoursFields
            legend={t`When the alert fires on`}
            hours={values.hours}
            errors={errors}
            path="hours"
            onChange={(hours) => set('hours', hours)}
          />
          <p className="field-hint">{t`On the clock of the guard: ${zone}.`}</p>
        </>
      )}
      <div className="buttons buttons-end">
        <Button onClick={onCancel}>{t`Cancel`}</Button>
        <Button look="primary" type="submit">
          {exception ? t`Change exception` : t`Add exception`}
        </Button>
      </div>
    </form>
  )
}
