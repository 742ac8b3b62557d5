// `npm run sim -- --seeds 100000 [--from 1] [--bug "no fencing token"]`: each seed is one history; a seed that fails is printed and replays alone.
import { parseArgs } from 'node:util'
import { BUGS } from '../test/simulation/bugs.ts'
import { simulate } from '../test/simulation/simulate.ts'

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '2000' },
    from: { type: 'string', default: '1' },
    bug: { type: 'string' },
  },
})
const [from, count] = [Number(values.from), Number(values.seeds)]
const bug = BUGS.find((name) => name === values.bug) ?? null
if (values.bug !== undefined && bug === null) throw new Error(`there are the bugs ${BUGS.join(', ')}`)

let failed = 0
for (let seed = from; seed < from + count; seed += 1) {
  const violations = await simulate(seed, bug)
  if (violations.length === 0) continue
  failed += 1
  console.log(`seed ${seed}: ${violations[0]}; replay: npm run sim -- --seeds 1 --from ${seed}`)
}
console.log(`sim: ${count} seeds, ${failed} with violations`)
process.exitCode = failed === 0 ? 0 : 1
