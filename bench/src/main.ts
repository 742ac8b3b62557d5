import { CannotRun } from './cannot-run.ts'
import { benchDelivery } from './delivery.ts'
import { benchImport } from './import.ts'
import type { Outcome } from './measure.ts'
import { benchMoney } from './money.ts'
import { benchStart } from './start.ts'
import { benchWrite } from './write.ts'

const benches: { readonly [name: string]: (isQuick: boolean) => Outcome | Promise<Outcome> } = {
  money: benchMoney,
  import: benchImport,
  write: benchWrite,
  delivery: benchDelivery,
  start: benchStart,
}

const isQuick = process.argv.includes('--quick')
const asked = process.argv.slice(2).filter((argument) => argument !== '--quick')
const unknown = asked.filter((name) => !Object.hasOwn(benches, name))
if (unknown.length > 0) {
  console.error(`There is no bench ${unknown.join(', ')}. There are: ${Object.keys(benches).join(', ')}`)
  process.exit(2)
}

try {
  await runBenches()
} catch (error) {
  if (!(error instanceof CannotRun)) throw error
  console.error(error.message)
  process.exitCode = 2
}

async function runBenches(): Promise<void> {
  const outcomes: Outcome[] = []
  for (const [name, bench] of Object.entries(benches)) {
    if (asked.length > 0 && !asked.includes(name)) continue
    outcomes.push(await bench(isQuick))
    console.log()
  }
  const missed = outcomes.filter(({ isReached }) => !isReached).length
  const verdict = missed === 0 ? 'all targets reached' : `targets missed in ${missed} of ${outcomes.length}`
  console.log(`bench: ${outcomes.map(({ summary }) => summary).join('; ')}; ${verdict}`)
  process.exitCode = missed === 0 ? 0 : 1
}
