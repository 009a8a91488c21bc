import { existsSync } from 'node:fs'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { benchNab } from './detection-nab.ts'
import { benchSpendSim } from './detection-spend-sim.ts'

/**
 * The anomaly model on two public benchmarks: `npm run bench:detection -- --nab DIR --spend-sim DIR [--seeds 1-60]`, or
 * NAB_DIR and SPEND_SIM_DIR. Each folder holds its data or generator and its scorer. See docs/detection.md.
 */
const { values } = parseArgs({
  options: {
    nab: { type: 'string', default: process.env['NAB_DIR'] ?? '' },
    'spend-sim': { type: 'string', default: process.env['SPEND_SIM_DIR'] ?? '' },
    seeds: { type: 'string', default: '1-60' },
  },
})
const [nab, spendSim] = [values.nab, values['spend-sim']].map((dir) => (dir ? path.resolve(dir) : ''))

for (const dir of [nab, spendSim]) {
  if (!dir || existsSync(path.join(dir, 'score.mjs'))) continue
  console.error(`There is no score.mjs in ${dir}.`)
  process.exit(2)
}
if (nab) await benchNab(nab)
if (spendSim) await benchSpendSim(spendSim, values.seeds)
if (!nab && !spendSim) console.log('Nothing to run: give --nab DIR, --spend-sim DIR, or both.')
