import { durationBounds, type Spread } from '../../shared/guard-metrics.ts'

type Labels = Record<string, string>

/** Writes Prometheus' text format 0.0.4. What is not known has no sample: it is not 0. */
export function createExposition(prefix: string) {
  const lines: string[] = []
  const head = (name: string, type: string, help: string) =>
    lines.push(`# HELP ${prefix}${name} ${escapeHelp(help)}`, `# TYPE ${prefix}${name} ${type}`)
  const sample = (name: string, labels: Labels, value: string | number | null) => {
    if (value !== null) lines.push(`${prefix}${name}${labelText(labels)} ${value}`)
  }
  const plain =
    (type: string) => (name: string, help: string, samples: readonly [Labels, string | number | null][]) => {
      head(name, type, help)
      for (const [labels, value] of samples) sample(name, labels, value)
    }
  return {
    gauge: plain('gauge'),
    /** Only grows; its name ends in `_total`. */
    counter: plain('counter'),
    /** Of durations in seconds. */
    histogram(name: string, help: string, spreads: readonly [Labels, Spread][]): void {
      head(name, 'histogram', help)
      for (const [labels, { within, count, sumSeconds }] of spreads) {
        durationBounds.forEach((bound, index) =>
          sample(`${name}_bucket`, { ...labels, le: String(bound) }, within[index] ?? count),
        )
        sample(`${name}_bucket`, { ...labels, le: '+Inf' }, count)
        sample(`${name}_sum`, labels, sumSeconds)
        sample(`${name}_count`, labels, count)
      }
    },
    text: () => `${lines.join('\n')}\n`,
  }
}

export type Exposition = ReturnType<typeof createExposition>

function labelText(labels: Labels): string {
  const text = Object.entries(labels).map(([key, label]) => `${key}="${escapeLabel(label)}"`)
  return text.length > 0 ? `{${text.join(',')}}` : ''
}

function escapeLabel(label: string): string {
  return label.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')
}

function escapeHelp(help: string): string {
  return help.replaceAll('\\', '\\\\').replaceAll('\n', '\\n')
}
