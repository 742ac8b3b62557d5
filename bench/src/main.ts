import { parseArgs } from 'node:util'
import { CannotRun } from './cannot-run.ts'
import { benchDelivery } from './delivery.ts'
import { benchFiles } from './files.ts'
import type { BenchOptions, Outcome } from './measure.ts'
import { benchModuleImport } from './module-import.ts'
import { benchMoney } from './money.ts'
import { benchRead } from './read.ts'
import { benchRowsImport } from './rows-import.ts'
import { benchStart } from './start.ts'
import { benchWrite } from './write.ts'

type Bench = (options: BenchOptions) => Outcome | Promise<Outcome>

/** `import` is what importing costs: the library into a process, and rows into the books. */
const benches: { readonly [name: string]: readonly Bench[] } = {
  money: [benchMoney],
  import: [benchModuleImport, benchRowsImport],
  write: [benchWrite],
  delivery: [benchDelivery],
  read: [benchRead],
  files: [benchFiles],
  start: [benchStart],
}

const USAGE = `npm run bench -- [${Object.keys(benches).join('] [')}] [--quick] [--rows 1e7]`
const LEAST_ROWS = 10_000

function fail(fault: string): never {
  console.error(`${fault}\n${USAGE}`)
  process.exit(2)
}

function readArguments(): { readonly asked: readonly string[]; readonly options: BenchOptions } {
  const options = { quick: { type: 'boolean' }, rows: { type: 'string' } } as const
  const { values, positionals: asked } = parseArgs({ options, allowPositionals: true })
  const unknown = asked.filter((name) => !Object.hasOwn(benches, name))
  if (unknown.length > 0) fail(`There is no bench ${unknown.join(', ')}.`)
  const isQuick = values.quick === true
  const rows = Number(values.rows ?? (isQuick ? 100_000 : 1_000_000))
  if (!Number.isSafeInteger(rows) || rows < LEAST_ROWS) fail(`--rows is a number from ${LEAST_ROWS} on.`)
  return { asked, options: { isQuick, rows } }
}

async function runBenches(): Promise<void> {
  const outcomes: Outcome[] = []
  for (const [name, parts] of Object.entries(benches)) {
    if (asked.length > 0 && !asked.includes(name)) continue
    for (const bench of parts) {
      outcomes.push(await bench(options))
      console.log()
    }
  }
  const missed = outcomes.filter(({ isReached }) => !isReached).length
  const verdict = missed === 0 ? 'all targets reached' : `targets missed in ${missed} of ${outcomes.length}`
  console.log(`bench: ${outcomes.map(({ summary }) => summary).join('; ')}; ${verdict}`)
  process.exitCode = missed === 0 ? 0 : 1
}

const { asked, options } = attempt(readArguments)
try {
  await runBenches()
} catch (error) {
  if (!(error instanceof CannotRun)) throw error
  console.error(error.message)
  process.exitCode = 2
}

/** `parseArgs` throws at an option that is not there. */
function attempt<Result>(read: () => Result): Result {
  try {
    return read()
  } catch (error) {
    fail(error instanceof Error ? error.message : String(error))
  }
}
