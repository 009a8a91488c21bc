import { CommanderError } from 'commander'
import { fail, type Failure } from '../../shared/failures.ts'
import { createProgram } from './program.ts'
import { exitCodes, withoutControls, type Terminal } from './terminal.ts'
import { beginToSpeak } from '../speak.ts'

export class CommandFailure extends Error {
  readonly failure: Failure
  readonly code: number
  constructor(failure: Failure, code: number = exitCodes.failed) {
    super(failure.message)
    this.failure = failure
    this.code = code
  }
}

/** Runs one command line. Answers the exit code; never throws. */
export async function run(args: readonly string[]): Promise<number> {
  const json = args.includes('--json')
  const plain = (text: string) => (json ? text : withoutControls(text))
  const terminal: Terminal = {
    json,
    print: (text) => void process.stdout.write(`${plain(text)}\n`),
    note: (text) => void process.stderr.write(`${plain(text)}\n`),
    complain: ({ kind, message }) => terminal.note(json ? JSON.stringify({ error: { kind, message } }) : message),
    exitCode: exitCodes.done,
  }
  beginToSpeak()
  try {
    await createProgram(terminal).parseAsync(args, { from: 'user' })
    return terminal.exitCode
  } catch (error) {
    if (error instanceof CommandFailure) {
      terminal.complain(error.failure)
      return error.code
    }
    if (error instanceof CommanderError) {
      if (error.exitCode === 0) return exitCodes.done
      terminal.complain(fail('invalid-input', usageProblem(error)))
      return exitCodes.usage
    }
    terminal.complain(fail('internal', `Something went wrong: ${(error as Error).message}`))
    return exitCodes.failed
  }
}

/** A sentence of what is wrong with a command line, and where to read on. */
function usageProblem({ code, message }: CommanderError): string {
  if (code === 'commander.help') return 'A command is missing. Try --help.'
  const problem = message.replace(/^error: /, '').replace(/\n/g, ' ')
  return `${problem.charAt(0).toUpperCase()}${problem.slice(1).replace(/[.)]?$/, (end) => (end === ')' ? ').' : '.'))} Try --help.`
}
