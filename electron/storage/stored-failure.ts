import { fail, failure, type Failure } from '../../shared/failures.ts'
import { i18n } from '../../shared/words.ts'

/** A failure as it was written down. One that cannot be read must not keep the guard from starting. */
export function readFailure(text: string): Failure {
  const parsed = failure.safeParse(parseOrNull(text))
  return parsed.success ? parsed.data : fail('internal', i18n.t('An earlier failure that can no longer be read.'))
}

function parseOrNull(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null // damaged text: readFailure says so
  }
}
