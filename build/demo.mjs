import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { randomBytes } from 'node:crypto'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { environmentWith } from './node-runtime.mjs'
import { Problem, inRoot, root, say } from './project.mjs'

/**
 * A story to look at: invented accounts at emulated providers on this computer, in a data folder that is thrown away
 * when this script ends. Answers the arguments for a host of the guard.
 */
export async function startDemo(node) {
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP']
  const leave = () => process.exit(1)
  for (const signal of signals) process.on(signal, leave)

  const folder = mkdtempSync(path.join(tmpdir(), 'spend-guard-demo-'))
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  const passphrase = path.join(folder, 'passphrase')
  writeFileSync(passphrase, randomBytes(24).toString('base64url'), { mode: 0o600 })
  const vault = ['--secret-store', 'vault', '--vault-passphrase-file', passphrase]
  const args = ['--data-dir', path.join(folder, 'data'), ...vault]

  const { openai, anthropic, discord, openaiKey, anthropicKey, discordWebhook } = await startEmulators(node)
  const guard = (command, secret) => spendGuard(node, [...args, ...command], secret)
  guard(['accounts', 'add', 'openai', '--label', 'Acme (demo)', '--base-url', openai], openaiKey)
  guard(['accounts', 'add', 'anthropic', '--label', 'Acme (demo)', '--base-url', anthropic], anthropicKey)
  guard(['channels', 'add', 'discord', '--label', 'Discord (demo)', '--base-url', discord], discordWebhook)
  guard(['budgets', 'set', '--limit', '100', '--period', 'day', '--scope', 'all'])

  for (const signal of signals) process.off(signal, leave)
  say('Demo: invented accounts with quiet weeks; tonight a key leaks, and within a minute you see the alert.')
  return [...args, '--poll-every', '5']
}

/** They tell their addresses and keys in one line, and end with this script. */
async function startEmulators(node) {
  const script = inRoot('tests/emulators/demo.ts')
  if (!existsSync(script)) throw new Problem('The demo needs tests/emulators, which this copy does not have.')
  const child = spawn(node, [script], { cwd: root, env: environmentWith(node), stdio: ['ignore', 'pipe', 'inherit'] })
  process.once('exit', () => child.kill())
  const line = await new Promise((resolve, reject) => {
    createInterface(child.stdout).once('line', resolve)
    child.once('exit', () => reject(new Problem('The emulated providers did not start; see above.')))
  })
  child.unref()
  child.stdout.destroy()
  return JSON.parse(line)
}

function spendGuard(node, args, secret = '') {
  const program = inRoot('out/electron/cli.js')
  const { status, stderr } = spawnSync(node, [program, ...args], { input: `${secret}\n`, encoding: 'utf8' })
  if (status !== 0) throw new Problem(`The demo could not be prepared: ${stderr.trim()}`)
}
