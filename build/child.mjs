import { spawn } from 'node:child_process'
import { environmentWith } from './node-runtime.mjs'
import { Problem, root } from './project.mjs'

/**
 * Runs a program in place of this script: same terminal, signals passed on, and its exit code as the answer. Programs
 * that need Node find the given one.
 */
export function runChild(
  node,
  command,
  args,
  { env = {}, cwd = root, stdio = 'inherit', shell = false, timeout } = {},
) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, stdio, shell, timeout, env: { ...environmentWith(node), ...env } })
    const passOn = (signal) => {
      // Ctrl-C in a terminal reaches the child by itself.
      if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal)
    }
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP']
    for (const signal of signals) process.on(signal, passOn)
    const settle = () => {
      for (const signal of signals) process.off(signal, passOn)
    }
    child.once('error', (error) => {
      settle()
      reject(new Problem(`Cannot start ${command}: ${error.message}`))
    })
    child.once('exit', (code, signal) => {
      settle()
      resolve(code ?? 128 + (signalNumbers[signal] ?? 0))
    })
  })
}

/** What a shell answers for a program that a signal ended. */
const signalNumbers = { SIGHUP: 1, SIGINT: 2, SIGKILL: 9, SIGSEGV: 11, SIGTERM: 15 }
