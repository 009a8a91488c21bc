import { readFileSync, statSync } from 'node:fs'
import { parseEnv } from 'node:util'
import { Option, type Command } from 'commander'
import { fail } from '../../shared/failures.ts'
import { pathOf, thisComputer, type Computer } from '../discovery/computer.ts'
import { CommandFailure } from './run.ts'
import { readSecret } from './secret-input.ts'

/**
 * Where a key is taken from. Each of these is a person's word that it may be: nothing else in the program reads the
 * value of a variable, or of a line in a dotenv file.
 */
export interface KeySource {
  secretFile?: string
  fromEnv?: string
  fromFile?: string
}

export function addKeyOptions(command: Command): void {
  command
    .addOption(new Option('--secret-file <file>', 'read the key from a file').conflicts(['fromEnv', 'fromFile']))
    .addOption(new Option('--from-env <name>', 'take the key from this environment variable').conflicts('fromFile'))
    .addOption(new Option('--from-file <path:name>', 'take the key from this variable of a dotenv file'))
}

/** The key from where a person said, otherwise from standard input or typed without echo. */
export async function readKey(
  what: string,
  { secretFile, fromEnv, fromFile }: KeySource,
  need?: 'optional',
  computer: Computer = thisComputer(),
): Promise<string> {
  if (fromEnv !== undefined) return keyInEnvironment(fromEnv, computer)
  if (fromFile !== undefined) return keyInFile(fromFile, computer)
  return readSecret(what, secretFile, need)
}

/** No complaint here repeats what was typed: it may be the key itself, where its name was asked for. */
function keyInEnvironment(name: string, { env }: Computer): string {
  if (!isName(name)) throw refused('--from-env wants the name of a variable, such as OPENAI_ADMIN_KEY, not its value.')
  const value = env[name]
  if (value === undefined || value.trim() === '')
    throw refused('The environment has no variable of the name that --from-env gives, or it is empty.')
  return value.trim()
}

function keyInFile(text: string, computer: Computer): string {
  // The last one: a Windows path has a colon of its own.
  const at = text.lastIndexOf(':')
  const name = text.slice(at + 1)
  if (at < 1 || !isName(name))
    throw refused('--from-file wants a dotenv file and the name of a variable in it: PATH:OPENAI_ADMIN_KEY.')
  const typed = text.slice(0, at)
  const value = readVariables(pathOf(typed, computer) ?? typed)[name]
  if (value === undefined || value.trim() === '')
    throw refused('The file has no variable of the name that --from-file gives, or it is empty.')
  return value.trim()
}

const largestFile = 256_000

function readVariables(file: string): NodeJS.Dict<string> {
  try {
    if (statSync(file).size > largestFile) throw new Error('too large')
    // A byte order mark, as editors on Windows put it, would be the first letter of a name.
    return parseEnv(readFileSync(file, 'utf8').replace(/^\ufeff/, ''))
  } catch {
    throw refused('The file that --from-file gives cannot be read as a dotenv file.')
  }
}

function isName(text: string): boolean {
  return /^[A-Za-z_]\w*$/.test(text)
}

function refused(message: string): CommandFailure {
  return new CommandFailure(fail('invalid-input', message), 2)
}
