// `npm run crash -- --rounds 1000 [--bug "no fencing token"]`
import { parseArgs } from 'node:util'
import { crashRounds } from './crash/crash-rounds.ts'
import { BUGS } from './crash/messages.ts'
import { CLAIMS } from './crash/receiver.ts'

const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '40' }, bug: { type: 'string' } },
})
const wanted = Number(values.rounds)
if (!Number.isInteger(wanted) || wanted < 1) throw new Error('--rounds takes a whole number from 1 on')
const bug = BUGS.find((name) => name === values.bug) ?? null
if (values.bug !== undefined && bug === null) throw new Error(`there are the bugs ${BUGS.join(', ')}`)

const begun = performance.now()
const tally = await crashRounds({ rounds: wanted, bug, log: (line) => console.error(line) })
for (const { claim, round, detail } of tally.violations.slice(0, 10))
  console.error(`round ${round}: ${claim}: ${detail}`)
for (const fault of tally.faults.slice(0, 10)) console.error(`fault: ${fault}`)

const { rounds, stops, pauses, acknowledged, delivered, duplicates, violations, faults } = tally
const counts = CLAIMS.map((claim) => `${violations.filter((one) => one.claim === claim).length} ${claim}`)
const seconds = ((performance.now() - begun) / 1000).toFixed(1)
console.log(
  `crash: ${rounds} rounds (${stops} with the database stopped, ${pauses} with a process paused), ` +
    `${acknowledged} changes acknowledged, ${delivered} events delivered, ${duplicates} duplicates: ` +
    `${counts.join(', ')}, ${faults.length} faults, ${seconds} s`,
)
process.exitCode = violations.length + faults.length === 0 ? 0 : 1
