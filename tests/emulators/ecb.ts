import type { PublishedRate } from '../../electron/storage/rates.ts'
import type { Answers } from './http.ts'

export const ecbHost = 'www.ecb.europa.eu'
/** 16:00 in Frankfurt, in winter. */
const publishedAtMs = 15 * 3_600_000
const quarterMs = 90 * 86_400_000

/**
 * The European Central Bank's two files, as they were on 2026-10-06: the one of the day in single quotes on many lines,
 * the one of 90 days in double quotes on one line, newest day first. A day is there once it has been published.
 */
export function ecbAnswers(rates: readonly PublishedRate[], now: () => number): Answers {
  return ({ method, url }) => {
    const out = rates.filter(({ day }) => Date.parse(day) + publishedAtMs <= now())
    const days = [...new Set(out.map(({ day }) => day))].sort().reverse()
    const of = (day: string) => out.filter((rate) => rate.day === day)
    const file = (text: string) => ({ status: 200, text, headers: { 'content-type': 'text/xml' } })
    if (method !== 'GET') return { status: 405, text: '' }
    if (url.pathname === '/stats/eurofxref/eurofxref-daily.xml')
      return file(daily(days[0] ?? '1999-01-04', of(days[0] ?? '')))
    if (url.pathname === '/stats/eurofxref/eurofxref-hist-90d.xml') {
      const recent = days.filter((day) => now() - Date.parse(day) <= quarterMs)
      return file(quarter(recent.map((day) => ({ day, rates: of(day) }))))
    }
    return { status: 404, text: '<html><body>Not found</body></html>' }
  }
}

const names =
  'xmlns:gesmes="http://www.gesmes.org/xml/2002-08-01" xmlns="http://www.ecb.int/vocabulary/2002-08-01/eurofxref"'

export function daily(day: string, rates: readonly Pick<PublishedRate, 'currency' | 'perEuro'>[]): string {
  const lines = rates.map(({ currency, perEuro }) => `\t\t\t<Cube currency='${currency}' rate='${perEuro}'/>`)
  return `<?xml version="1.0" encoding="UTF-8"?>
<gesmes:Envelope ${names}>
\t<gesmes:subject>Reference rates</gesmes:subject>
\t<gesmes:Sender>
\t\t<gesmes:name>European Central Bank</gesmes:name>
\t</gesmes:Sender>
\t<Cube>
\t\t<Cube time='${day}'>
${lines.join('\n')}
\t\t</Cube>
\t</Cube>
</gesmes:Envelope>
`
}

/** Its rates have lost the zeros at their end. */
function quarter(days: readonly { day: string; rates: readonly PublishedRate[] }[]): string {
  const short = (text: string) => (text.includes('.') ? text.replace(/\.?0+$/, '') : text)
  const cubes = days.map(
    ({ day, rates }) =>
      `<Cube time="${day}">${rates
        .map(({ currency, perEuro }) => `<Cube currency="${currency}" rate="${short(perEuro)}"/>`)
        .join('')}</Cube>`,
  )
  return `<?xml version="1.0" encoding="UTF-8"?><gesmes:Envelope ${names}><gesmes:subject>Reference rates</gesmes:subject><gesmes:Sender><gesmes:name>European Central Bank</gesmes:name></gesmes:Sender><Cube>${cubes.join('')}</Cube></gesmes:Envelope>`
}
