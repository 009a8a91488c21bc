import { isPair, isScalar, LineCounter, parseDocument, visit, type Document } from 'yaml'
import { z } from 'zod'

/** What is wrong with a YAML file as YAML, or its value. */
export function parseYaml(file: string, text: string): { problems: string[]; value: unknown; document: Document } {
  const document = parseDocument(text, { lineCounter: new LineCounter(), prettyErrors: true })
  const problems = [...document.errors, ...document.warnings].map(({ message }) => `${file}: ${message.split('\n')[0]}`)
  return { problems, value: problems.length === 0 ? document.toJS() : null, document }
}

export function schemaProblems(file: string, schema: z.ZodType, value: unknown): string[] {
  const { error } = schema.safeParse(value)
  return (error?.issues ?? []).map(({ path, message }) => `${file}: ${path.join('.')}: ${message}`)
}

const permissions = z.record(z.string(), z.enum(['read', 'write']), 'a job declares what it may do')
const step = z
  .looseObject({ uses: z.string().optional(), run: z.string().optional(), with: z.looseObject({}).optional() })
  .refine(
    ({ uses, run }) => (uses === undefined) !== (run === undefined),
    'a step either uses an action or runs a script',
  )
const job = z.looseObject({
  'runs-on': z.string(),
  'timeout-minutes': z.number('GitHub lets a job hang for six hours').int().max(120),
  permissions,
  needs: z.union([z.string(), z.array(z.string())]).optional(),
  steps: z.array(step).min(1),
})
const calledJob = z.looseObject({ uses: z.string().startsWith('./'), permissions, steps: z.undefined().optional() })
const workflow = z.looseObject({
  name: z.string(),
  on: z.looseObject({}),
  permissions: z.strictObject({}, 'must be {}: each job names what it needs'),
  jobs: z.record(z.string(), z.looseObject({})),
})

/** What GitHub would refuse in a workflow, and what we do: loose actions, rights that nobody declared, and the like. */
export function workflowProblems(file: string, text: string): string[] {
  const { problems, value, document } = parseYaml(file, text)
  if (problems.length > 0) return problems
  const { data, error } = workflow.safeParse(value)
  if (error) return schemaProblems(file, workflow, value)
  const ofJobs = Object.entries(data.jobs).flatMap(([id, one]) => {
    const named = `${file}: jobs.${id}`
    if ('uses' in one) return schemaProblems(named, calledJob, one)
    const read = job.safeParse(one)
    if (read.error) return schemaProblems(named, job, one)
    const unknown = [read.data.needs ?? []].flat().filter((other) => !(other in data.jobs))
    return [
      ...unknown.map((other) => `${named} needs ${other}, which is no job`),
      ...read.data.steps.flatMap((each) => stepProblems(each).map((problem) => `${named}: ${problem}`)),
    ]
  })
  return [...looseActions(document).map((problem) => `${file}: ${problem}`), ...ofJobs]
}

function stepProblems({ uses, run, with: given }: z.infer<typeof step>): string[] {
  const keepsToken = uses?.startsWith('actions/checkout@') && given?.['persist-credentials'] !== false
  // What stands there becomes part of the script, whoever wrote it; a variable of the environment stays text.
  const isSpliced = run?.includes('${{') ?? false
  return [
    ...(keepsToken ? ['checkout leaves its token on disk; set persist-credentials: false'] : []),
    ...(isSpliced ? ['a script holds ${{ … }}; hand it in as a variable (env)'] : []),
  ]
}

/** A tag can be moved to other code; a full hash cannot. The comment is for people and for Dependabot. */
function looseActions(document: Document): string[] {
  const loose: string[] = []
  visit(document, {
    Pair(_, pair) {
      if (!isPair(pair) || !isScalar(pair.key) || pair.key.value !== 'uses' || !isScalar(pair.value)) return
      const { value, comment } = pair.value
      if (typeof value !== 'string' || value.startsWith('./')) return
      if (!/^[\w.-]+(?:\/[\w.-]+)+@[0-9a-f]{40}$/.test(value))
        loose.push(`${value} is not pinned to a full commit hash`)
      else if (!/^ v\d+\.\d+\.\d+$/.test(comment ?? '')) loose.push(`${value} does not say its version: # v1.2.3`)
    },
  })
  return loose
}

/** The scripts that a workflow runs, a line each. */
export function scriptsOf(text: string): string[] {
  const { jobs = {} } = parseDocument(text).toJS() as { jobs?: Record<string, { steps?: { run?: string }[] }> }
  const scripts = Object.values(jobs).flatMap(({ steps = [] }) => steps.map(({ run = '' }) => run))
  return scripts.flatMap((script) => script.split('\n')).filter((line) => line.trim() !== '')
}
