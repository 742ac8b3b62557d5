// `npm run sim -- --seeds 100000 [--from 1]`: each seed is one history; a seed that fails is printed and replays alone.
// With `--bugs`: plants each fault and says which seed caught it.
import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'
import { Worker } from 'node:worker_threads'
import type { Report } from './sim-worker.ts'
import { BUGS, type Bug } from './simulation/bugs.ts'
import { simulate } from './simulation/simulate.ts'

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '2000' },
    from: { type: 'string', default: '1' },
    bugs: { type: 'boolean', default: false },
  },
})
const [from, count] = [Number(values.from), Number(values.seeds)]
for (const number of [from, count]) {
  if (!Number.isInteger(number) || number < 1)
    throw new Error('--seeds and --from take whole numbers from 1 on')
}
const isHeld = values.bugs ? await plantBugs() : await holdClaims()
process.exitCode = isHeld ? 0 : 1

async function firstFailure(bug: Bug): Promise<{ readonly seed: number; readonly violation: string } | null> {
  for (let seed = from; seed < from + count; seed += 1) {
    const [violation] = await simulate(seed, bug)
    if (violation !== undefined) return { seed, violation }
  }
  return null
}

async function plantBugs(): Promise<boolean> {
  let caught = 0
  for (const bug of BUGS) {
    const failure = await firstFailure(bug)
    if (failure !== null) caught += 1
    const outcome =
      failure === null
        ? `not caught by ${count} seeds`
        : `caught by seed ${failure.seed}: ${failure.violation}`
    console.error(`${bug}: ${outcome}`)
  }
  console.log(`sim: ${caught} of ${BUGS.length} planted bugs caught`)
  return caught === BUGS.length
}

/** Seeds are independent of one another: each processor takes every so many. */
async function holdClaims(): Promise<boolean> {
  const workers = Math.min(availableParallelism(), count)
  const counts = await Promise.all(Array.from({ length: workers }, (_, index) => shareOut(index, workers)))
  const failed = counts.reduce((sum, each) => sum + each, 0)
  console.log(`sim: ${count} seeds, ${failed} with violations`)
  return failed === 0
}

function shareOut(index: number, workers: number): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>()
  const share = { first: from + index, end: from + count, step: workers }
  const worker = new Worker(new URL('sim-worker.ts', import.meta.url), { workerData: share })
  worker.on('error', reject)
  worker.on('message', (message: Report) => {
    if ('failed' in message) resolve(message.failed)
    else
      console.log(
        `seed ${message.seed}: ${message.violation}; replay: npm run sim -- --seeds 1 --from ${message.seed}`,
      )
  })
  return promise
}
