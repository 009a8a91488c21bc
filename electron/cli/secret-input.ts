import { readFileSync } from 'node:fs'
import { fail } from '../../shared/failures.ts'
import type { OptionFacts } from '../../shared/options.ts'
import { CommandFailure } from './run.ts'

/** A secret from a file, a pipe, or typed without echo. Never from an argument: those are seen by everybody. */
export async function readSecret(what: string, file: string | undefined, need?: 'optional'): Promise<string> {
  const text =
    file !== undefined ? readSecretFile(file) : process.stdin.isTTY ? await typeHidden(what) : await readPipe()
  const secret = text.replace(/\r?\n$/, '')
  if (secret.trim() === '' && need !== 'optional')
    throw new CommandFailure(
      fail(
        'invalid-input',
        `No ${what} came in. Pipe it: printf %s "$KEY" | spend-guard …, or use --secret-file FILE.`,
      ),
      2,
    )
  return secret
}

/** Ends the command where the file cannot be read. */
export function readSecretFile(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    throw new CommandFailure(fail('invalid-input', `The file ${file} cannot be read.`), 2)
  }
}

async function readPipe(): Promise<string> {
  let text = ''
  for await (const part of process.stdin.setEncoding('utf8')) text += String(part)
  return text
}

function typeHidden(what: string): Promise<string> {
  const { stdin, stderr } = process
  stderr.write(`${what} (not shown): `)
  stdin.setRawMode(true).setEncoding('utf8').resume()
  return new Promise((resolve, reject) => {
    let text = ''
    const end = () => {
      stdin.setRawMode(false).pause().off('data', take)
      stderr.write('\n')
    }
    const take = (typed: string) => {
      for (const character of typed) {
        if (character === '\r' || character === '\n') {
          end()
          return resolve(text)
        }
        if (character === '\u0003') {
          end()
          return reject(new CommandFailure(fail('invalid-input', 'Stopped.')))
        }
        text = character === '\u007f' || character === '\b' ? text.slice(0, -1) : text + character
      }
    }
    stdin.on('data', take)
  })
}

/** `--option name=value`, as often as needed. */
export function collectOption(pair: string, before: Record<string, string> = {}): Record<string, string> {
  const at = pair.indexOf('=')
  if (at < 1) throw new CommandFailure(fail('invalid-input', `An option is NAME=VALUE, not "${pair}".`), 2)
  return { ...before, [pair.slice(0, at)]: pair.slice(at + 1) }
}

/** An option of many lines may come from a file: `--option manifest=@acme.json`. */
export function withFiles(
  facts: Readonly<Record<string, OptionFacts>>,
  typed: Record<string, string>,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(typed).map(([name, value]) =>
      facts[name]?.document && value.startsWith('@') ? [name, readSecretFile(value.slice(1))] : [name, value],
    ),
  )
}
