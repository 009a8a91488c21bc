import { globSync, readFileSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { problemsOf, readKnown } from '../docs/commands.ts'
import { root } from '../docs/markdown.ts'
import { chooserProblems, issueFormProblems } from './issue-form.ts'
import { parseYaml, scriptsOf, workflowProblems } from './workflow.ts'

// GitHub tells of a fault in these files late, or never; here it is told before a commit.

const read = (file: string) => readFileSync(path.join(root, file), 'utf8')
const filesIn = (folder: string) =>
  readdirSync(path.join(root, folder))
    .filter((name) => name.endsWith('.yml'))
    .map((name) => `${folder}/${name}`)
const workflows = filesIn('.github/workflows')
const templates = filesIn('.github/ISSUE_TEMPLATE')
const forms = templates.filter((file) => !file.endsWith('/config.yml'))

describe('the workflows', () => {
  it('are sound, with actions pinned and rights declared', () => {
    expect(workflows).toEqual(expect.arrayContaining(['.github/workflows/check.yml', '.github/workflows/release.yml']))
    expect(workflows.flatMap((file) => workflowProblems(file, read(file)))).toEqual([])
  })

  it('run only commands that are there', async () => {
    const known = readKnown()
    const lines = workflows.flatMap((file) => scriptsOf(read(file)))
    expect(lines).toContain('npm test')
    expect((await Promise.all(lines.map((line) => problemsOf(line, known)))).flat()).toEqual([])
  })
})

describe('the forms for issues', () => {
  it('are what GitHub understands', () => {
    expect(forms.length).toBeGreaterThanOrEqual(3)
    expect(forms.flatMap((file) => issueFormProblems(file, read(file)))).toEqual([])
    expect(chooserProblems('config.yml', read('.github/ISSUE_TEMPLATE/config.yml'))).toEqual([])
  })

  it('warn before anybody pastes a key', () => {
    for (const file of forms) expect(read(file), file).toMatch(/\*\*Never paste a key/)
  })

  it('name commands that are there', async () => {
    const spans = forms.flatMap((file) => [...read(file).matchAll(/`([^`\n]+)`/g)].map(([, code = '']) => code))
    const known = { ...readKnown(), isMention: true }
    expect(spans).toContain('spend-guard doctor')
    expect((await Promise.all(spans.map((code) => problemsOf(code, known)))).flat()).toEqual([])
  })
})

describe('updates of dependencies', () => {
  it('are asked for wherever a lock file is', () => {
    const locks = globSync('**/package-lock.json', { cwd: root, exclude: (name) => name === 'node_modules' })
    const folders = locks.map((file) => path.posix.join('/', path.dirname(file).replaceAll(path.sep, '/')))
    const [, watched = ''] = /directories: (\[.*\])/.exec(read('.github/dependabot.yml')) ?? []
    expect(parse(watched)).toEqual(folders.toSorted())
  })
})

describe('labels', () => {
  it('that files set are explained in the docs', () => {
    const files = [...forms, '.github/dependabot.yml']
    expect(parseYaml('dependabot.yml', read('.github/dependabot.yml')).problems).toEqual([])
    const set = files.flatMap((file) =>
      [...read(file).matchAll(/^ *labels: (\[.*\])$/gm)].flatMap(([, list = '']) => parse(list) as string[]),
    )
    expect(set).toContain('bug')
    const page = read('docs/repository-maintenance.md')
    expect(set.filter((label) => !page.includes(`| \`${label}\``))).toEqual([])
  })
})

const pin = 'actions/checkout@de0fac2e4500dabe0009e67214ff5f5447ce83dd'
const good = `name: Try
on:
  push:
permissions: {}
jobs:
  try:
    runs-on: ubuntu-24.04
    timeout-minutes: 5
    permissions:
      contents: read
    steps:
      - uses: ${pin} # v6.0.2
        with:
          persist-credentials: false
      - run: echo "$NAME"
`

describe('a workflow', () => {
  it('may be like this', () => {
    expect(workflowProblems('a.yml', good)).toEqual([])
  })

  it.each([
    ['a tag', [`${pin} # v6.0.2`, 'actions/checkout@v6'], /actions\/checkout@v6 is not pinned/],
    ['a short hash', [`${pin} # v6.0.2`, 'actions/checkout@de0fac2'], /is not pinned to a full commit hash/],
    ['a hash without a version', [' # v6.0.2', ''], /does not say its version/],
    ['a hash with half a version', ['# v6.0.2', '# v6'], /does not say its version/],
    ['no permissions', ['permissions: {}\n', ''], /permissions: must be \{\}/],
    ['permissions for every job', ['permissions: {}', 'permissions: { contents: write }'], /permissions: must be \{\}/],
    ['a job that does not declare its own', [/ {4}permissions:\n.*\n/, ''], /a job declares what it may do/],
    ['no time limit', [/ {4}timeout.*\n/, ''], /a\.yml: jobs\.try: timeout-minutes: GitHub lets a job hang/],
    ['a token left on disk', ['credentials: false', 'credentials: true'], /leaves its token on disk/],
    ['an expression in a script', ['$NAME', '${{ github.head_ref }}'], /a script holds/],
    ['a step that does two things', ['      - run:', '        run:'], /either uses an action or runs a script/],
    ['a job that is not there', ['    runs-on', '    needs: build\n    runs-on'], /needs build, which is no job/],
    ['a key that stands twice', ['name: Try', 'name: Try\nname: Again'], /Map keys must be unique/],
    ['what is no YAML', ['name: Try', 'name: [Try'], /a\.yml: /],
  ] as const)('is refused with %s', (_, [from, to], told) => {
    const bad = good.replace(from, () => to)
    expect(bad).not.toBe(good)
    const problems = workflowProblems('a.yml', bad)
    expect(problems.length).toBeGreaterThan(0)
    expect(problems[0]).toMatch(told)
  })
})

describe('a form', () => {
  const input = '  - type: input\n    id: a\n    attributes:\n      label: A\n'
  const plain = `name: N\ndescription: D\nlabels: [bug]\nbody:\n${input}`

  it('may be like this', () => {
    expect(issueFormProblems('f.yml', plain)).toEqual([])
  })

  it.each([
    ['a field of no kind', plain.replace('type: input', 'type: number'), /body\.0/],
    ['an id that stands twice', plain + input, /an id stands twice/],
    ['a field without a label', plain.replace('      label: A\n', '      description: A\n'), /label/],
    ['a misspelt key', plain.replace('label: A', 'label: A\n      placehoder: x'), /placehoder/],
    ['nothing to ask', plain.replace(input, '  - type: markdown\n    attributes: { value: x }\n'), /asks nothing/],
    [
      'a list without a choice',
      plain.replace('input', 'dropdown').replace('label: A', 'label: A\n      options: []'),
      /options/,
    ],
  ])('is refused with %s', (_, text, told) => {
    expect(issueFormProblems('f.yml', text).join('\n')).toMatch(told)
  })

  it('is not followed by links that are none', () => {
    const links = 'blank_issues_enabled: true\ncontact_links:\n  - { name: N, url: "http://x.example", about: A }\n'
    expect(chooserProblems('config.yml', links)).toHaveLength(1)
  })
})
