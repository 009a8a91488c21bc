import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { CommanderError, type Command } from 'commander'
import { createProgram } from '../../../electron/cli/program.ts'
import { codeOf, root, type Page } from './markdown.ts'

/** What a command line may name. */
export interface Known {
  scripts: ReadonlySet<string>
  /** Of `npm test -- --only`. */
  steps: ReadonlySet<string>
  exists(file: string): boolean
}

/** What the project has, asked of the project. */
export function readKnown(): Known {
  const { scripts } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as { scripts: object }
  // It lists its steps when asked for one that it does not have, and does nothing else then.
  const usage = spawnSync(process.execPath, ['build/test.mjs', '--only', '?'], { cwd: root, encoding: 'utf8' }).stderr
  const steps = /--only ([\w,-]+)/.exec(usage)?.[1]?.split(',') ?? []
  return {
    scripts: new Set(Object.keys(scripts)),
    steps: new Set(steps),
    exists: (file) => existsSync(path.join(root, file)),
  }
}

/** Command lines and paths of pages that the project does not know (any more), each with its place and what is wrong. */
export async function brokenCommands(pages: readonly Page[], known: Known): Promise<string[]> {
  const broken: string[] = []
  for (const { file, text } of pages)
    for (const code of codeOf(text))
      for (const problem of await problemsOf(code.text, { ...known, isMention: !code.fenced }))
        broken.push(`${file}:${code.line}: ${problem}`)
  return broken
}

/** What is wrong with one line of a shell. */
export async function problemsOf(line: string, known: Known & { isMention?: boolean }): Promise<string[]> {
  if (known.isMention && ourPath.test(line)) return known.exists(line) ? [] : [`there is no ${line}`]
  const problems = await Promise.all(simpleCommands(line).map((words) => problemOf(words, known)))
  return problems.filter((problem) => problem !== null)
}

const ourPath = /^(?:\.github|build|docs|electron|renderer|shared|tests)\/[\w./-]*$/

async function problemOf(words: string[], known: Known & { isMention?: boolean }): Promise<string | null> {
  const [tool, first = '', ...rest] = words
  if (tool === 'spend-guard') return refusal(words.slice(1), known.isMention ?? false)
  if (tool === 'npm') return npmProblem(words.slice(1), known)
  if (tool !== 'node' || !first.startsWith('build/')) return null
  if (!known.exists(first)) return `there is no ${first}`
  if (first === 'build/spend-guard.mjs') return refusal(rest, false)
  const missing = rest.find((word) => ourPath.test(word) && !known.exists(word))
  return missing === undefined ? null : `there is no ${missing}`
}

function npmProblem([verb = '', name = '', ...args]: string[], { scripts, steps }: Known): string | null {
  const script = verb === 'run' ? name : ['start', 'test'].includes(verb) ? verb : ''
  if (script !== '' && !isPlaceholder(script) && !scripts.has(script)) return `there is no npm script named ${script}`
  const only = verb === 'test' ? [name, ...args].join(' ') : ''
  const asked = /--only[ =](\S+)/.exec(only)?.[1]?.split(',') ?? []
  const unknown = asked.find((step) => !isPlaceholder(step) && !steps.has(step))
  return unknown === undefined ? null : `npm test has no step named ${unknown}`
}

/**
 * What the real command line says to these words, without doing anything. A sentence may mention a command by its name
 * alone, and leave out the rest with an ellipsis.
 */
async function refusal(args: string[], isMention: boolean): Promise<string | null> {
  const terminal = { json: true, print: ignore, note: ignore, complain: ignore, exitCode: 0 }
  const program = createProgram(terminal)
  if (isMention && isName(program, args)) return null
  for (const command of leaves(program)) command.action(ignore)
  const given = args.filter((word) => !isPlaceholder(word))
  try {
    await program.parseAsync(given, { from: 'user' })
    return null
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error
    if (error.exitCode === 0) return null // --help, --version
    const isCutShort = given.length < args.length && leftOut.has(error.code)
    return isCutShort ? null : `spend-guard ${args.join(' ')}: ${error.message.replaceAll('\n', ' ')}`
  }
}

const leftOut = new Set(['commander.help', 'commander.missingArgument', 'commander.missingMandatoryOptionValue'])

function ignore(): void {}

function isPlaceholder(word: string): boolean {
  return word === '…' || word === '...'
}

function isName(command: Command, [name, ...rest]: string[]): boolean {
  if (name === undefined) return true
  const child = command.commands.find((one) => one.name() === name)
  return child !== undefined && isName(child, rest)
}

function* leaves(command: Command): Iterable<Command> {
  if (command.commands.length === 0) yield command
  for (const child of command.commands) yield* leaves(child)
}

const tokens = /(\s+)|(#.*$)|(\|\|?|&&?|;)|([<>]+ *\S+)|((?:"(?:[^"\\]|\\.)*"|'[^']*'|\\.|[^\s"'|;<>&])+)/g

/** The words of each command in a line: no comments, redirections, variables set for it, or `npx` before it. */
export function simpleCommands(line: string): string[][] {
  const commands: string[][] = [[]]
  for (const [, , , separator, , word] of line.matchAll(tokens)) {
    if (separator !== undefined) commands.push([])
    if (word === undefined) continue
    const last = commands[commands.length - 1] ?? []
    const isBefore = last.length === 0 && /^(?:\$|npx|sudo|[A-Z_]+=.*)$/.test(word)
    if (!isBefore) last.push(word.replace(/"((?:[^"\\]|\\.)*)"|'([^']*)'/g, '$1$2'))
  }
  return commands.filter((words) => words.length > 0)
}
