import { fail } from '../../shared/failures.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import { i18n } from '../../shared/words.ts'

/** Reads a body up to a size; a stream that breaks off is a truncated answer, never a shorter one. */
export async function readBody(answer: Response, largestBytes: number): Promise<Result<string>> {
  const declared = Number(answer.headers.get('content-length') ?? '0')
  if (declared > largestBytes) {
    await answer.body?.cancel()
    return err(tooLarge(largestBytes))
  }
  if (!answer.body) return ok(await answer.text())
  const decoder = new TextDecoder()
  const reader = answer.body.getReader()
  let text = ''
  let bytes = 0
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return ok(text + decoder.decode())
    bytes += value.byteLength
    if (bytes > largestBytes) {
      await reader.cancel()
      return err(tooLarge(largestBytes))
    }
    text += decoder.decode(value, { stream: true })
  }
}

function tooLarge(bytes: number) {
  return fail(
    'unexpected-response',
    i18n.t('The answer is larger than {megabytes} MB, which no billing answer is.', {
      megabytes: Math.round(bytes / 1_000_000),
    }),
  )
}
