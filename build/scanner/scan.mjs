import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import { environmentWith, npm } from '../node-runtime.mjs'
import { Problem, inRoot, say } from '../project.mjs'

const scanner = inRoot('build/scanner/node_modules/@doyensec/electronegativity/dist/index.js')

/** What the Electron security scanner says of the sources, as `{ check, file, line, text }`. */
export function findings(node, folder, report) {
  mkdirSync(path.dirname(report), { recursive: true })
  rmSync(report, { force: true })
  const { version } = JSON.parse(readFileSync(inRoot('node_modules/electron/package.json'), 'utf8'))
  const quiet = JSON.stringify(inRoot('build/scanner/quiet.cjs'))
  const child = spawnSync(node, [scanner, '-i', folder, '-r', '-e', version, '-o', report], {
    env: { ...environmentWith(node), NODE_OPTIONS: `--require ${quiet}` },
    encoding: 'utf8',
    timeout: 120_000,
  })
  // It ends with 0 also where it finds something, and where it cannot read a file.
  if (!existsSync(report)) throw new Problem(`The security scanner failed.\n${child.stdout}${child.stderr}`)
  if (/ParserError|Error parsing/i.test(`${child.stdout}${child.stderr}`))
    throw new Problem(`The security scanner could not read everything.\n${child.stdout}${child.stderr}`)
  return JSON.parse(readFileSync(report, 'utf8')).runs[0].results.map(({ ruleId, message, locations }) => {
    const { artifactLocation, region } = locations[0].physicalLocation
    return {
      check: ruleId,
      file: artifactLocation.uri.replace(/^file:\/*/, '').replaceAll('\\', '/'),
      line: region?.startLine ?? 1,
      text: message.text,
    }
  })
}

/** What is new, and what was accepted and is no longer there: both want a person. */
export function compare(found, accepted) {
  const isSame = (one) => (other) => one.check === other.check && one.file === other.file
  return {
    fresh: found.filter((one) => !accepted.some(isSame(one))),
    obsolete: accepted.filter((one) => !found.some(isSame(one))),
  }
}

/** Answers an exit code. Without a network the scanner may be missing, which is no fault of the sources; in CI it is one. */
export function scan(node) {
  if (!existsSync(scanner)) {
    say('Fetching the security scanner...')
    const { ok, output } = npm(node, ['ci', '--ignore-scripts', '--prefix', inRoot('build/scanner')])
    if (!ok && process.env.CI) throw new Problem(output.trim())
    if (!ok) {
      say('Skipped: the security scanner could not be fetched.')
      return 0
    }
  }
  const accepted = JSON.parse(readFileSync(inRoot('build/scanner/accepted.json'), 'utf8'))
  const found = findings(node, inRoot('electron'), inRoot('out/reports/electron-security.sarif'))
  const { fresh, obsolete } = compare(found, accepted)
  for (const { check, file, line, text } of fresh)
    say(`electron/${file}:${line} ${check}: ${text}\n  Mend it, or say in build/scanner/accepted.json why it is right.`)
  for (const { check, file } of obsolete)
    say(`build/scanner/accepted.json: ${check} of ${file || 'the whole app'} is not found any more.`)
  return fresh.length + obsolete.length > 0 ? 1 : 0
}
