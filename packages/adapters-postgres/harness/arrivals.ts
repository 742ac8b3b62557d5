// `npm run arrivals -- --events 100000 --dispatchers 1,2,10`: each event arrives once and in order, however many bring them.
import { parseArgs } from 'node:util'
import { migrateUp } from '../src/index.ts'
import { openRestartableServer } from '../test/support/restartable-server.ts'
import { deliverAll } from './arrivals/deliver-all.ts'

const { values } = parseArgs({
  options: {
    events: { type: 'string', default: '100000' },
    dispatchers: { type: 'string', default: '1,2,10' },
  },
})
const events = Number(values.events)
const rounds = values.dispatchers.split(',').map(Number)
for (const number of [events, ...rounds]) {
  if (!Number.isInteger(number) || number < 1)
    throw new Error('--events and --dispatchers take whole numbers from 1 on')
}
const server = await openRestartableServer()
let faults = 0
try {
  await migrateUp({ connectionString: server.url })
  for (const dispatchers of rounds) {
    const begun = performance.now()
    const { arrived, duplicates, outOfOrder } = await deliverAll({ url: server.url, events, dispatchers })
    faults += events - arrived + duplicates + outOfOrder
    const seconds = ((performance.now() - begun) / 1000).toFixed(1)
    console.error(
      `${dispatchers} dispatchers: ${arrived} of ${events} arrived, ${duplicates} twice, ${outOfOrder} out of order, ${seconds} s`,
    )
  }
} finally {
  await server.close()
}
console.log(`arrivals: ${events} events by ${rounds.join(', ')} dispatchers, ${faults} faults`)
process.exitCode = faults === 0 ? 0 : 1
