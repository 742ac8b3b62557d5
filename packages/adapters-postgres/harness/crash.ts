// `npm run crash -- --rounds 1000`, or with `--bugs`: plants each fault and says in which round it was caught.
import { parseArgs } from 'node:util'
import { type CrashTally, crashRounds } from './crash/crash-rounds.ts'
import { BUGS } from './crash/messages.ts'
import { CLAIMS } from './crash/receiver.ts'

const { values } = parseArgs({
  options: { rounds: { type: 'string' }, bugs: { type: 'boolean', default: false } },
})
const rounds = Number(values.rounds ?? (values.bugs ? '100' : '40'))
if (!Number.isInteger(rounds) || rounds < 1) throw new Error('--rounds takes a whole number from 1 on')
const isHeld = values.bugs ? await plantBugs() : await holdClaims()
process.exitCode = isHeld ? 0 : 1

async function holdClaims(): Promise<boolean> {
  const begun = performance.now()
  const tally = await crashRounds({ rounds, log: (line) => console.error(line) })
  const { violations, faults } = tally
  for (const { claim, round, detail } of violations.slice(0, 10))
    console.error(`round ${round}: ${claim}: ${detail}`)
  for (const fault of faults.slice(0, 10)) console.error(`fault: ${fault}`)
  console.log(summary(tally, Math.round(performance.now() - begun) / 1000))
  return violations.length + faults.length === 0
}

function summary(tally: CrashTally, seconds: number): string {
  const { stops, pauses, acknowledged, delivered, duplicates, violations, faults } = tally
  const counts = CLAIMS.map((claim) => `${violations.filter((one) => one.claim === claim).length} ${claim}`)
  return (
    `crash: ${tally.rounds} rounds (${stops} with the database stopped, ${pauses} with a process paused), ` +
    `${acknowledged} changes acknowledged, ${delivered} events delivered, ${duplicates} duplicates: ` +
    `${counts.join(', ')}, ${faults.length} faults, ${seconds.toFixed(1)} s`
  )
}

async function plantBugs(): Promise<boolean> {
  let caught = 0
  for (const bug of BUGS) {
    const { violations } = await crashRounds({ rounds, bug })
    const [first] = violations
    if (first !== undefined) caught += 1
    const outcome =
      first === undefined
        ? `not caught in ${rounds} rounds`
        : `caught in round ${first.round}: ${first.claim}: ${first.detail}`
    console.error(`${bug}: ${outcome}`)
  }
  console.log(`crash: ${caught} of ${BUGS.length} planted bugs caught`)
  return caught === BUGS.length
}
