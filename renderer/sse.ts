export interface SseEvent {
  name: string
  data: string
}

/** Reads a text/event-stream piece by piece; a piece may end anywhere. Answers the events that are complete. */
export function createSseReader(): (piece: string) => SseEvent[] {
  let rest = ''
  return (piece) => {
    const blocks = (rest + piece).replace(/\r\n/g, '\n').split('\n\n')
    rest = blocks.pop() ?? ''
    return blocks.flatMap(parseBlock)
  }
}

function parseBlock(block: string): SseEvent[] {
  let name = 'message'
  const data: string[] = []
  for (const line of block.split('\n')) {
    if (line.startsWith('event:')) name = line.slice(6).trim()
    if (line.startsWith('data:')) data.push(line.slice(5).replace(/^ /, ''))
  }
  return data.length ? [{ name, data: data.join('\n') }] : []
}
