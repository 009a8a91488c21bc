import { i18n, sentences } from '../../shared/words.ts'
/** Something in a file that cannot be read. The message goes on after "The file ... cannot be imported: ". */
export class FileProblem extends Error {}

/** The same at one place of it, such as `line 12`. `what` names the column; `text` is shown as it stands in the file, cut short. */
export function problemAt(place: string, what: string, text: string, wanted: string): FileProblem {
  const shown = JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}...` : text)
  return new FileProblem(
    sentences(
      text === ''
        ? i18n.t('{place}, column {what}: it is empty.', { place, what })
        : i18n.t('{place}, column {what}: {shown}.', { place, what, shown }),
      wanted,
    ),
  )
}
