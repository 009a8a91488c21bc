import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { randomBytes } from 'node:crypto'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { environmentWith } from './node-runtime.mjs'
import { Problem, inRoot, root, say } from './project.mjs'

/**
 * A story to look at: invented accounts at emulated providers on this computer, in a data folder that is thrown away.
 * Answers the arguments for a host of the guard, and `stop` to end it all.
 */
export async function startDemo(node) {
  const emulators = await startEmulators(node)
  const folder = mkdtempSync(path.join(tmpdir(), 'spend-guard-demo-'))
  const passphrase = path.join(folder, 'passphrase')
  writeFileSync(passphrase, randomBytes(24).toString('base64url'), { mode: 0o600 })
  const store = [
    '--data-dir',
    path.join(folder, 'data'),
    '--secret-store',
    'vault',
    '--vault-passphrase-file',
    passphrase,
  ]
  const stop = async () => {
    await emulators.stop()
    rmSync(folder, { recursive: true, force: true })
  }

  const { openai, anthropic, discord, openaiKey, anthropicKey, discordWebhook } = emulators.told
  const commands = [
    [['accounts', 'add', 'openai', '--label', 'Acme (demo)', '--base-url', openai], openaiKey],
    [['accounts', 'add', 'anthropic', '--label', 'Acme (demo)', '--base-url', anthropic], anthropicKey],
    [['channels', 'add', 'discord', '--label', 'Discord (demo)', '--base-url', discord], discordWebhook],
    [['budgets', 'set', '--limit', '100', '--period', 'day', '--scope', 'all'], ''],
  ]
  try {
    for (const [command, secret] of commands) spendGuard(node, [...store, ...command], secret)
  } catch (error) {
    await stop()
    throw error
  }
  say(
    'Demo: invented accounts with weeks of normal days; tonight a key leaks. Within a minute you see the alert. Nothing leaves this computer.',
  )
  return { args: [...store, '--poll-every', '5'], stop }
}

async function startEmulators(node) {
  const script = inRoot('tests/emulators/demo.ts')
  if (!existsSync(script)) throw new Problem('The demo needs tests/emulators, which this copy does not have.')
  const child = spawn(node, [script], { cwd: root, env: environmentWith(node), stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = new Promise((resolve) => child.once('exit', resolve))
  const line = await Promise.race([
    new Promise((resolve) => createInterface(child.stdout).once('line', resolve)),
    ended.then(() => Promise.reject(new Problem('The emulated providers did not start; see above.'))),
  ])
  return {
    told: JSON.parse(line),
    stop: () => {
      child.kill()
      return ended
    },
  }
}

function spendGuard(node, args, secret) {
  const { status, stderr } = spawnSync(node, [inRoot('out/electron/cli.js'), ...args], {
    input: `${secret}\n`,
    encoding: 'utf8',
  })
  if (status !== 0) throw new Problem(`The demo could not be prepared: ${stderr.trim()}`)
}
