import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  baseCell,
  draftOf,
  entryOf,
  isChanged,
  moved,
  newExceptionId,
  unheardSeverities,
  withCell,
} from '../../../../../renderer/views/settings/routing-draft.ts'
import { storyChannels, storyRouting } from '../../../../fakes/guard-story.ts'
import { severities } from '../../../../../shared/alerts.ts'
import type { Channel } from '../../../../../shared/channels.ts'
import { plainRouting, routing as routingSchema, type Cell, type Matrix } from '../../../../../shared/routing.ts'

const channels = storyChannels(Date.UTC(2026, 10, 25, 12))
const [desktop, tray] = channels as [Channel, Channel]
const saved = storyRouting()

describe('a draft of who hears what', () => {
  it('is what is saved until somebody changes it', () => {
    expect(isChanged(draftOf(saved), saved, channels)).toBe(false)
    expect(routingSchema.parse(entryOf(draftOf(saved), channels))).toEqual(saved)
  })

  it('is changed by a cell, and no longer when that is taken back, whatever happened in between', () => {
    const cells = fc.constantFrom<Cell>('never', 'backup', 0, 15)
    fc.assert(
      fc.property(fc.constantFrom(...channels), fc.constantFrom(...severities), cells, (channel, severity, cell) => {
        const own = saved.matrix[channel.id]?.[severity]
        fc.pre(own !== cell)
        const matrix = withCell(saved.matrix, channel.id, severity, cell)
        expect(isChanged({ ...draftOf(saved), matrix }, saved, channels)).toBe(true)
        const back = withCell(matrix, channel.id, severity, own)
        expect(isChanged({ ...draftOf(saved), matrix: back }, saved, channels)).toBe(false)
      }),
    )
  })

  it('forgets cells of a channel that was removed meanwhile, which the guard would refuse', () => {
    const draft = { ...draftOf(plainRouting), matrix: withCell({}, 'removed', 'info', 'never') }
    expect(entryOf(draft, channels)).toMatchObject({ matrix: {} })
  })

  it('leaves minutes that are no number to the schema', () => {
    const draft = { ...draftOf(plainRouting), fallbackMinutes: 'soon' }
    expect(routingSchema.safeParse(entryOf(draft, channels)).success).toBe(false)
  })
})

describe('the order of exceptions', () => {
  const [one] = saved.exceptions
  const three = ['a', 'b', 'c'].map((id) => ({ ...one!, id }))
  const ids = (list: readonly { id: string }[]) => list.map(({ id }) => id).join('')

  it('changes by one step', () => {
    expect(ids(moved(three, 'c', -1))).toBe('acb')
    expect(ids(moved(three, 'a', 1))).toBe('bac')
  })

  it('ends at its ends', () => {
    expect(ids(moved(three, 'a', -1))).toBe('abc')
    expect(ids(moved(three, 'c', 1))).toBe('abc')
  })

  it('never gives two exceptions the same id', () => {
    const first = newExceptionId(three)
    expect(newExceptionId([...three, { ...one!, id: first }])).not.toBe(first)
  })
})

describe('severities that nobody would hear', () => {
  const heard = (matrix: Matrix, among: readonly Channel[]) =>
    unheardSeverities((channel, severity) => baseCell(matrix, channel, severity), among)

  it('are none where a channel hears everything', () => {
    expect(heard({}, channels)).toEqual([])
  })

  it('are those that every channel never hears, or only as backup of nobody', () => {
    expect(heard({ desktop: { info: 'never' }, tray: { info: 'backup' } }, [desktop, tray])).toEqual(['info'])
  })

  it('are all where no channel is on this computer', () => {
    expect(heard({}, [{ ...desktop, state: 'absent' }])).toEqual(['critical', 'warning', 'info'])
  })

  it('are not those where a backup stands in for a channel that is gone', () => {
    const gone: Channel = { ...desktop, state: 'gone' }
    expect(heard({ tray: { critical: 'backup', warning: 'never' } }, [gone, tray])).toEqual(['warning'])
  })
})
