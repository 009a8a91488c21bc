import { runChild } from './child.mjs'
import { startDemo } from './demo.mjs'
import { provideElectron, whyNoElectron, whyNoSandbox } from './electron-binary.mjs'
import { inRoot, main, root, say } from './project.mjs'
import { setUp } from './setup.mjs'

// usage: npm start [-- [--demo] [--headless] [ARG...]]   other arguments go to the app, or to `spend-guard serve`
await main(async () => {
  const given = process.argv.slice(2)
  const args = given.filter((arg) => arg !== '--demo' && arg !== '--headless')
  const node = setUp()
  const { electron, why } = given.includes('--headless') ? { why: 'as asked' } : await chooseElectron(node, args)
  if (given.includes('--demo')) args.unshift(...(await startDemo(node)))
  if (electron) {
    say('Starting the desktop app.')
    return runChild(node, electron, [root, ...args])
  }
  say(`Starting the guard without Electron, with the dashboard in the browser: ${why}.`)
  return runChild(node, node, [inRoot('out/electron/cli.js'), 'serve', ...args], { cwd: process.cwd() })
})

async function chooseElectron(node, args) {
  const impossible = whyNoElectron(args)
  if (impossible) return { why: impossible }
  const electron = await provideElectron(node)
  if (!electron) return { why: 'its binary is not here and its host, GitHub, cannot be reached' }
  const why = whyNoSandbox(electron, args)
  return why ? { why } : { electron }
}
