import { checks } from './checks.mjs'
import { Problem, main, say } from './project.mjs'
import { setUp } from './setup.mjs'
import { provideSystemPackages } from './system-packages.mjs'
import { suites } from './test-suites.mjs'

// usage: npm test [-- --only STEP,STEP...]   stops at the first step that fails; ends with the number of tests
const steps = { ...checks, build: () => (setUp(), 0), ...suites }
const groups = { check: Object.keys(checks) }

await main(async () => {
  const wanted = wantedSteps(process.argv.slice(2))
  const runsTests = wanted.some((name) => name in suites)
  const node = setUp({ build: runsTests && !wanted.includes('build') })
  if (runsTests && process.platform === 'linux') provideSystemPackages()
  const counts = { passed: 0, failed: 0, skipped: 0 }
  let code = 0
  for (const name of wanted) {
    code = await runStep(name, () => steps[name](node, counts))
    if (code === 0) continue
    counts.failed ||= 1
    break
  }
  const skipped = counts.skipped > 0 ? `, ${counts.skipped} skipped` : ''
  if (runsTests) console.log(`${counts.passed} passed, ${counts.failed} failed${skipped}`)
  return code
})

function wantedSteps(args) {
  const list = args[0]?.startsWith('--only=')
    ? args[0].slice(7)
    : args[0] === '--only'
      ? args[1]
      : args.length === 0
        ? ''
        : null
  const names = list
    ?.split(',')
    .filter(Boolean)
    .flatMap((name) => groups[name] ?? [name])
  const unknown = names?.find((name) => !(name in steps))
  if (!names || unknown)
    throw new Problem(`usage: npm test [-- --only ${[...Object.keys(groups), ...Object.keys(steps)].join(',')}]`)
  return Object.keys(steps).filter((name) => names.length === 0 || names.includes(name))
}

async function runStep(name, run) {
  say(`\n== ${name}`)
  const startedAt = performance.now()
  const code = await run()
  say(
    `== ${name}: ${code === 0 ? 'passed' : `FAILED (exit code ${code})`} in ${((performance.now() - startedAt) / 1000).toFixed(1)} s`,
  )
  return code
}
