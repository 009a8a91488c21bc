import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { brokenCommands, readKnown } from './commands.ts'
import { anchorsOf, deadLinks } from './links.ts'
import { readPages, root } from './markdown.ts'

// What a page says must still be so. Addresses elsewhere are not asked: tests have no network.

const pages = readPages()
const known = readKnown()
/** `tests/some.test.ts`: “its words” */
const named = /`(tests\/[^`]+)`: “([^”]+)”/g
const wordsOf = (file: string) => readFileSync(path.join(root, file), 'utf8')

describe('the pages of this project', () => {
  it('have been found', () => {
    const files = pages.map(({ file }) => file)
    expect(files).toEqual(expect.arrayContaining(['README.md', 'docs/system-design.md', 'docs/providers/openai.md']))
    expect(known.steps).toContain('e2e')
  })

  it('have no dead links', () => {
    expect(deadLinks(pages, (file) => existsSync(path.join(root, file)))).toEqual([])
  })

  it('name only commands, scripts and files that are there', async () => {
    expect(await brokenCommands(pages, known)).toEqual([])
  })

  it('in docs/ open by saying when to read them', () => {
    const silent = pages.filter(({ file, text }) => file.startsWith('docs/') && !/^# .+\n\nRead this /.test(text))
    expect(silent.map(({ file }) => `${file} does not begin with "Read this …"`)).toEqual([])
  })
})

describe('the table of faults', () => {
  const shown = [...(pages.find(({ file }) => file === 'docs/test-cases.md')?.text ?? '').matchAll(named)]

  it('names tests that are there, by their own words', () => {
    expect(shown.length).toBeGreaterThan(15)
    const gone = shown.filter(([, file = '', name = '']) => !wordsOf(file).includes(name))
    expect(gone.map(([, file, name]) => `${file} has no test “${name}”`)).toEqual([])
  })
})

describe('a link', () => {
  const dead = (text: string) => deadLinks([{ file: 'docs/a.md', text }, target], (file) => there.has(file))
  const target = { file: 'docs/b.md', text: '# Of `code`, and (more)\n\n## Twice\n\n## Twice\n' }
  const there = new Set(['docs', 'docs/a.md', 'docs/b.md', 'README.md', 'docs/pictures', 'docs/pictures/a.svg'])

  it.each([
    '[page](b.md), [up](../README.md), [folder](../docs/), ![picture](pictures/a.svg "words")',
    '# Here\n\n[here](#here), [there](b.md#of-code-and-more), [again](b.md#twice-1)',
    '[web](https://example.com/nothing), [mail](mailto:a@example.com)',
    'not in code: `[x](gone.md)`\n\n```\n[x](gone.md)\n```\n',
  ])('is fine: %s', (text) => {
    expect(dead(text)).toEqual([])
  })

  it.each([
    ['a\n\n[b](gone.md)', 'docs/a.md:3: gone.md leads nowhere'],
    ['<img src="pictures/gone.png">', 'docs/a.md:1: pictures/gone.png leads nowhere'],
    ['[x]\n\n[x]: gone.md', 'docs/a.md:3: gone.md leads nowhere'],
    ['```\n[x](b.md)\n```\n[b](b.md#twice-2)', 'docs/a.md:4: b.md#twice-2: docs/b.md has no heading #twice-2'],
    ['[b](#nowhere)', 'docs/a.md:1: #nowhere: docs/a.md has no heading #nowhere'],
    ['[b](../../other/a.md)', 'docs/a.md:1: ../../other/a.md leads out of the project'],
  ])('is told with its place: %j', (text, told) => {
    expect(dead(text)).toEqual([told])
  })

  it('meets no heading in a block of code', () => {
    expect(anchorsOf('```sh\n# a comment\n```\n# A heading')).toEqual(new Set(['a-heading']))
  })
})

describe('a command', () => {
  const broken = (text: string) => brokenCommands([{ file: 'a.md', text }], known)
  const fenced = (line: string) => `\`\`\`sh\n${line}\n\`\`\``

  it.each([
    fenced('printf %s "$KEY" | npx spend-guard accounts add openai --label "My company"   # a comment'),
    fenced('spend-guard accounts add azure --label "Azure" \\\n  --option a=b'),
    fenced('npx spend-guard --server http://127.0.0.1:4555 status > status.txt'),
    fenced('npm test -- --only unit,e2e\nnpm ci && npm run check\nX=1 node build/spend-guard.mjs caps'),
    fenced('gcloud iam service-accounts create spend-guard'),
    '`spend-guard accounts add`, `spend-guard rates`, `spend-guard …`, `npx spend-guard --help`, `npm run …`',
    '`spend-guard accounts add … --option a=b`, `electron/guard.ts`, `tests/unit/`, `npm\nrun check`',
    '`spend-guard-like`, `electron/providers/<id>/`, `other/gone.ts`',
  ])('is fine: %s', async (text) => {
    expect(await broken(text)).toEqual([])
  })

  it.each([
    [fenced('spend-guard watch'), /^a\.md:2: spend-guard watch: .*unknown command/],
    [fenced('spend-guard serve --prot 1'), /^a\.md:2: .*unknown option '--prot'/],
    [fenced('spend-guard serve --port many'), /^a\.md:2: .*whole number/],
    [fenced('true\nspend-guard accounts \\\n  add'), /^a\.md:3: .*required option '--label/],
    [fenced('spend-guard rates set USD'), /^a\.md:2: .*missing required argument/],
    [fenced('spend-guard accounts'), /^a\.md:2: spend-guard accounts/],
    [fenced('spend-guard caps   reads them now'), /^a\.md:2: .*too many arguments/],
    [fenced('cd /tmp && node build/spend-guard.mjs watch'), /^a\.md:2: .*unknown command/],
    ['\n\nsay `spend-guard accounts ad`', /^a\.md:3: .*unknown command/],
    ['`spend-guard serve … --prot 1`', /^a\.md:1: .*unknown option/],
    ['`npm run\ncheek`', /^a\.md:1: there is no npm script named cheek/],
    ['`npm test -- --only unit,windows`', /^a\.md:1: npm test has no step named windows/],
    ['`node build/gone.mjs`', /^a\.md:1: there is no build\/gone\.mjs/],
    ['`node build/with-node.mjs vitest run tests/unit/gone`', /^a\.md:1: there is no tests\/unit\/gone/],
    ['| `electron/gone.ts` |', /^a\.md:1: there is no electron\/gone\.ts/],
  ])('is told with its place and reason: %j', async (text, told) => {
    expect(await broken(text)).toEqual([expect.stringMatching(told)])
  })
})
