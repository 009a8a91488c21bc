import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { say } from './project.mjs'

/** What the tests need of a Debian or Ubuntu system: display, bus, keyring, notifications; and what Electron links to. */
const desktop = `xvfb xauth dbus-x11 gnome-keyring libsecret-1-0 libsecret-tools dunst libnotify-bin libglib2.0-bin
  imagemagick x11-utils python3-gi python3-dbus`
const libraries = `libgtk-3-0 libnss3 libasound2 libxss1 libgbm1 libnotify4 libdrm2 libxtst6 libatspi2.0-0
  libx11-xcb1 libxcb-dri3-0 libayatana-appindicator3-1`
/** Electron 9 comes with Python's package manager and needs a few lines of C to get along with newer native modules. */
const tools = 'python3-pip gcc libc6-dev'

/** Installs what is missing where that is permitted, and says what is left to do by hand. */
export function provideSystemPackages() {
  const missing = missingPackages()
  if (missing.length === 0) return
  const asRoot = process.getuid?.() === 0 ? [] : canSudo() ? ['sudo', '-n'] : null
  if (!asRoot)
    return say(
      `Please install: ${missing.join(' ')} (sudo apt-get install ...); tests that need them are skipped or fail.`,
    )
  say(`Installing system packages: ${missing.join(' ')}...`)
  const apt = (...args) => run([...asRoot, 'env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', '-qq', ...args])
  const install = () => apt('install', '-y', '--no-install-recommends', ...missing.map(currentName))
  if (!hasPackageLists()) apt('update')
  if (install().ok) return
  apt('update') // the lists are older than the archive
  const second = install()
  if (!second.ok)
    say(`${second.output.trim()}\nNot all system packages could be installed; tests that need them will fail.`)
}

function missingPackages() {
  const list = run(['dpkg-query', '--show', '--showformat=${Package} ${db:Status-Status}\n'])
  if (!list.ok) {
    say('This is no Debian or Ubuntu: tests that need a desktop session use what is installed.')
    return []
  }
  const lines = list.output.split('\n').filter((line) => line.endsWith(' installed'))
  const installed = new Set(lines.map((line) => line.split(' ')[0].replace(/t64$/, '')))
  const wanted = `${desktop} ${libraries} ${tools} ${browser()}`.trim().split(/\s+/)
  return wanted.filter((name) => !installed.has(name))
}

/** Ubuntu's chromium is a snap, which does not start in containers; there Playwright brings its own. */
function browser() {
  const release = existsSync('/etc/os-release') ? readFileSync('/etc/os-release', 'utf8') : ''
  return /^ID=debian$/m.test(release) ? 'chromium' : ''
}

/** Newer systems renamed libraries when their time became 64 bits wide. */
function currentName(name) {
  return name.startsWith('lib') && run(['apt-cache', 'show', `${name}t64`]).ok ? `${name}t64` : name
}

function hasPackageLists() {
  return readdirSync('/var/lib/apt/lists').some((name) => name.includes('_Packages'))
}

function canSudo() {
  return run(['sudo', '-n', 'true']).ok
}

function run([command, ...args]) {
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8', maxBuffer: 64_000_000 })
  return { ok: status === 0, output: `${stdout}${stderr}` }
}
