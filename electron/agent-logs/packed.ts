import type { AgentId, Sighting } from './sighting.ts'

/** Sightings on their way from one thread to another: as objects they would take longer to hand over than to read. */
export interface Packed {
  numbers: Float64Array<ArrayBuffer>
  /** What some of the numbers stand for. */
  texts: string[]
}

const fields = 19

export function packed(sightings: readonly Sighting[]): Packed {
  const numbers = new Float64Array(sightings.length * fields)
  const ids = new Map<string, number>()
  const idOf = (text: string) => {
    const id = ids.get(text) ?? ids.size
    if (id === ids.size) ids.set(text, id)
    return id
  }
  let to = 0
  for (const one of sightings) {
    numbers[to++] = idOf(one.agent)
    numbers[to++] = one.call
    numbers[to++] = one.request
    numbers[to++] = idOf(one.session)
    numbers[to++] = idOf(one.parent)
    numbers[to++] = one.side ? 1 : 0
    numbers[to++] = one.atMs
    numbers[to++] = idOf(one.model ?? '')
    numbers[to++] = idOf(one.mode)
    numbers[to++] = idOf(one.path)
    numbers[to++] = one.at
    numbers[to++] = idOf(one.project)
    numbers[to++] = one.input
    numbers[to++] = one.cachedInput
    numbers[to++] = one.cacheWrite
    numbers[to++] = one.cacheWrite1h
    numbers[to++] = one.output
    numbers[to++] = one.reasoning
    numbers[to++] = one.webSearches
  }
  return { numbers, texts: [...ids.keys()] }
}

export function* unpacked({ numbers, texts }: Packed): Generator<Sighting> {
  let from = 0
  const next = () => numbers[from++] ?? 0
  const text = () => texts[next()] ?? ''
  while (from < numbers.length)
    yield {
      agent: text() as AgentId,
      call: next(),
      request: next(),
      session: text(),
      parent: text(),
      side: next() === 1,
      atMs: next(),
      model: text() || null,
      mode: text(),
      path: text(),
      at: next(),
      project: text(),
      input: next(),
      cachedInput: next(),
      cacheWrite: next(),
      cacheWrite1h: next(),
      output: next(),
      reasoning: next(),
      webSearches: next(),
    }
}
