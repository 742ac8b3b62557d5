import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { type BenchOptions, inTurns, type Outcome, spread, table } from './measure.ts'

const TARGET_OVER_MS = 15
const bench = fileURLToPath(new URL('..', import.meta.url))

/**
 * How long a whole process takes that does nothing but import `@daftari/application`, against one that imports zod, the
 * one dependency it has. Consumers import what was built, so that is built and measured.
 */
export function benchModuleImport({ isQuick }: BenchOptions): Outcome {
  execFileSync(process.execPath, ['scripts/build.ts'], {
    cwd: fileURLToPath(new URL('../..', import.meta.url)),
  })
  const turns = inTurns(
    { ours: () => processMs('@daftari/application'), theirs: () => processMs('zod') },
    isQuick ? 7 : 25,
  )
  const ours = spread(turns.map((turn) => turn.ours))
  const zod = spread(turns.map((turn) => turn.theirs))
  const over = spread(turns.map((turn) => turn.ours - turn.theirs))
  const isFastEnough = over.median <= TARGET_OVER_MS
  console.log(
    table([
      ['import', 'median', 'range', 'target', 'verdict'],
      ['zod', ms(zod.median), `${ms(zod.min)}-${ms(zod.max)}`, '', ''],
      ['@daftari/application', ms(ours.median), `${ms(ours.min)}-${ms(ours.max)}`, '', ''],
      [
        'over zod',
        ms(over.median),
        `${ms(over.min)}-${ms(over.max)}`,
        `<= ${TARGET_OVER_MS} ms`,
        isFastEnough ? 'ok' : 'MISSED',
      ],
    ]),
  )
  return { isReached: isFastEnough, summary: `import ${ms(over.median)} over zod` }
}

function processMs(specifier: string): number {
  const script = `await import(${JSON.stringify(specifier)})`
  const env = { ...process.env, NODE_OPTIONS: '' }
  const start = process.hrtime.bigint()
  execFileSync(process.execPath, ['--input-type=module', '-e', script], { cwd: bench, env, stdio: 'ignore' })
  return Number(process.hrtime.bigint() - start) / 1e6
}

function ms(value: number): string {
  return `${value.toFixed(1)} ms`
}
