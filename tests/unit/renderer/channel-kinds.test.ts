import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { addableKinds, channelFacts } from '../../../shared/channels.ts'

const root = new URL('../../../renderer/', import.meta.url)
const sources = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((file) => /\.tsx?$/.test(file))

describe('the pages', () => {
  it('name no kind of channel, so that a new one needs no change here', () => {
    expect(sources.length).toBeGreaterThan(50)
    const names = addableKinds.flatMap((kind) => [`'${kind}'`, `>${channelFacts(kind).label}<`, `Add ${kind}`])
    const told = sources.flatMap((file) => {
      const text = readFileSync(new URL(file, root), 'utf8')
      return names.filter((name) => text.toLowerCase().includes(name.toLowerCase())).map((name) => `${file}: ${name}`)
    })
    expect(told).toEqual([])
  })
})
