import { library } from '../../electron/replay/library.ts'
import { play } from './play.ts'

/** `npm run scenarios [part of a name]`: every scenario through the whole guard, as a table. */
const wanted = process.argv[2] ?? ''
const pad = (text: string, width: number) => text.padEnd(width)
process.stdout.write(
  `${pad('SCENARIO', 62)}${'LOST'.padStart(10)}${'MINUTES'.padStart(9)}${'PAGES'.padStart(7)}  VERDICT\n`,
)
let bad = 0
for (const scenario of library.filter(({ name }) => name.includes(wanted))) {
  const { lostDollars, minutes, pages, titles, verdict } = await play(scenario)
  const lost = scenario.incident.length === 0 ? '-' : `$${lostDollars.toFixed(2)}`
  process.stdout.write(
    `${pad(scenario.name, 62)}${lost.padStart(10)}${String(minutes ?? '-').padStart(9)}${String(pages).padStart(7)}  ${verdict}\n`,
  )
  if (verdict === 'bad') {
    bad++
    for (const title of titles) process.stdout.write(`  told: ${title}\n`)
  }
}
process.exitCode = bad === 0 ? 0 : 1
