import { describe, expect, it } from 'vitest'
import { library } from '../../electron/replay/library.ts'
import { play } from '../scenarios/play.ts'

/** A few of the library's stories, so that it cannot rot; `npm run scenarios` plays all of them. */
const short = [
  'a leaked key, $1,700 an hour at once, from $6 a day',
  'the first day, without any history',
  'two providers at once, by one loop',
  'the laptop sleeps for eight hours while a key leaks',
  'from one cent to forty',
  'a budget in euros over an account in dollars',
  'the currency of the bill falls by three per cent overnight',
]

describe('the guard, in', () => {
  it.each(library.filter(({ name }) => short.includes(name)))(
    '$name',
    async (scenario) => {
      const { verdict, titles } = await play(scenario)
      expect({ verdict, titles }).toMatchObject({ verdict: 'good' })
    },
    120_000,
  )
  it('is played in stories whose names are in the library', () => {
    expect(library.filter(({ name }) => short.includes(name))).toHaveLength(short.length)
  })
})
