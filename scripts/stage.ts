import { spawn } from 'node:child_process'

/** What a stage of a check or of the tests came to. A stage that is one yes or no counts as one test. */
export interface Tally {
  readonly passed: number
  readonly failed: number
  readonly skipped: number
}

const onePassed: Tally = { passed: 1, failed: 0, skipped: 0 }
const oneFailed: Tally = { passed: 0, failed: 1, skipped: 0 }

export function sum(tallies: readonly Tally[]): Tally {
  return tallies.reduce(
    (total, tally) => ({
      passed: total.passed + tally.passed,
      failed: total.failed + tally.failed,
      skipped: total.skipped + tally.skipped,
    }),
    { passed: 0, failed: 0, skipped: 0 },
  )
}

export interface Surroundings {
  /** Where the program runs; here, unless told. */
  readonly folder?: string | undefined
  /** Variables on top of ours. */
  readonly env?: NodeJS.ProcessEnv
}

/** Runs one program with its output streaming to the terminal; true when it ended with 0. */
export function succeeds(
  program: string,
  args: readonly string[],
  { folder, env = {} }: Surroundings = {},
): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn(program, args, { stdio: 'inherit', cwd: folder, env: { ...process.env, ...env } })
    child.on('error', (error) => {
      console.error(`${program} did not start: ${error.message}`)
      resolve(false)
    })
    child.on('exit', (code) => resolve(code === 0))
  })
}

/** Runs a stage, then says in one line what it was, how it went and how long it took. */
export async function stage(name: string, claim: string, run: () => Promise<Tally>): Promise<Tally> {
  const start = performance.now()
  const tally = await run().catch((error: unknown) => {
    console.error(error)
    return oneFailed
  })
  const seconds = ((performance.now() - start) / 1000).toFixed(1)
  const mark = tally.failed === 0 ? '✓' : '✗'
  console.log(`${mark} ${name.padEnd(12)}${tally.failed === 0 ? claim : 'FAILED, see above'} (${seconds} s)`)
  return tally
}

/** A stage that is a row of programs, all of which run and must end with 0. */
export function programs(...commands: readonly (readonly [string, ...string[]])[]): () => Promise<Tally> {
  return async () => {
    let tally = onePassed
    for (const [program, ...args] of commands) {
      if (!(await succeeds(program, args))) tally = oneFailed
    }
    return tally
  }
}
