import { describe, expect, it } from 'vitest'
import { createSseReader } from '../../../renderer/sse.ts'

describe('reading a stream of pushes', () => {
  it('answers an event only when it is complete, wherever the pieces end', () => {
    const read = createSseReader()
    expect(read('event: cha')).toEqual([])
    expect(read('nged\ndata: {"what":')).toEqual([])
    expect(read('["spend"]}\n')).toEqual([])
    expect(read('\n')).toEqual([{ name: 'changed', data: '{"what":["spend"]}' }])
  })

  it('answers several events of one piece in their order', () => {
    const read = createSseReader()
    expect(read('event: a\ndata: 1\n\nevent: b\ndata: 2\n\n').map(({ name }) => name)).toEqual(['a', 'b'])
  })

  it('leaves comments out, which only keep the connection open', () => {
    expect(createSseReader()(': ping\n\n')).toEqual([])
  })

  it('understands carriage returns, also when one is cut from its line feed', () => {
    const read = createSseReader()
    expect(read('event: a\r\ndata: 1\r')).toEqual([])
    expect(read('\n\r\n')).toEqual([{ name: 'a', data: '1' }])
  })
})
