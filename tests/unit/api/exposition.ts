/** Reads Prometheus' text format 0.0.4 as strictly as its description: https://prometheus.io/docs/instrumenting/exposition_formats */

export interface Family {
  name: string
  type: string
  help: string
  samples: { name: string; labels: Record<string, string>; value: number }[]
}

const namePattern = /^[a-zA-Z_:][a-zA-Z0-9_:]*$/
const samplePattern = /^([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\{(.*)\})? (\S+)$/

export function parseExposition(text: string): Family[] {
  if (!text.endsWith('\n')) throw new Error('the last line does not end')
  const families: Family[] = []
  const seen = new Set<string>()
  for (const line of text.slice(0, -1).split('\n')) {
    const [, word, name = '', rest = ''] = /^# (HELP|TYPE) (\S+) (.*)$/.exec(line) ?? []
    const family = families.at(-1)
    if (word === 'HELP') {
      if (!namePattern.test(name) || families.some((one) => one.name === name)) throw new Error(`bad family: ${line}`)
      families.push({ name, help: rest, type: '', samples: [] })
    } else if (word === 'TYPE') {
      if (family?.name !== name || family.type !== '' || family.samples.length > 0) throw new Error(`bad type: ${line}`)
      family.type = rest
    } else {
      if (!family) throw new Error(`no family: ${line}`)
      const sample = parseSample(line)
      const ends = family.type === 'histogram' ? ['_bucket', '_sum', '_count'] : ['']
      if (!ends.some((end) => sample.name === family.name + end)) throw new Error(`not of ${family.name}: ${line}`)
      const id = JSON.stringify([sample.name, Object.entries(sample.labels).sort()])
      if (seen.has(id)) throw new Error(`twice: ${line}`)
      seen.add(id)
      family.samples.push(sample)
    }
  }
  return families
}

function parseSample(line: string): Family['samples'][number] {
  const [, name, labelText = '', valueText = ''] = samplePattern.exec(line) ?? []
  if (name === undefined) throw new Error(`no sample: ${line}`)
  const value = valueText === '+Inf' ? Infinity : Number(valueText)
  if (Number.isNaN(value)) throw new Error(`no number: ${line}`)
  const labels: Record<string, string> = {}
  const one = /([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\]|\\[\\"n])*)"(,|$)/y
  while (one.lastIndex < labelText.length) {
    const match = one.exec(labelText)
    if (!match) throw new Error(`bad labels: ${line}`)
    labels[match[1] ?? ''] = (match[2] ?? '').replace(/\\(.)/g, (_all, char: string) => (char === 'n' ? '\n' : char))
  }
  return { name, labels, value }
}
