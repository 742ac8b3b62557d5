import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { type Outcome, spread, table } from './measure.ts'

const TARGET_MS = 3000
const REPETITIONS = 5
const root = fileURLToPath(new URL('../..', import.meta.url))

/** From `npm start` to the line that says the service is ready, on a data directory that has been started once. */
export async function benchStart(): Promise<Outcome> {
  const dataDir = await mkdtemp(join(tmpdir(), 'daftari-bench-start-'))
  try {
    await startMs(dataDir)
    const times: number[] = []
    for (let repetition = 0; repetition < REPETITIONS; repetition += 1) times.push(await startMs(dataDir))
    const { median, min, max } = spread(times)
    const isFastEnough = median <= TARGET_MS
    console.log(
      table([
        ['start', 'median', 'range', 'target', 'verdict'],
        [
          ...['npm start', seconds(median), `${seconds(min)}-${seconds(max)}`],
          ...[`<= ${seconds(TARGET_MS)}`, isFastEnough ? 'ok' : 'MISSED'],
        ],
      ]),
    )
    return { isReached: isFastEnough, summary: `start ${seconds(median)}` }
  } finally {
    await rm(dataDir, { recursive: true, force: true })
  }
}

async function startMs(dataDir: string): Promise<number> {
  const start = performance.now()
  const npm = spawn('npm', ['start'], {
    cwd: root,
    env: { ...process.env, DAFTARI_DATA_DIR: dataDir, PORT: '0', LOG_LEVEL: 'warn' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  // Closed when the service has ended too, which holds the same pipes.
  const closed = new Promise<void>((resolve) => npm.once('close', () => resolve()))
  try {
    await ready(npm)
    return performance.now() - start
  } finally {
    npm.kill('SIGTERM')
    await closed
  }
}

/** Waits for the line in JSON with the address. */
async function ready({ stdout, stderr }: ChildProcess): Promise<void> {
  if (stdout === null || stderr === null) throw new Error('npm has no output')
  let said = ''
  stderr.on('data', (text) => {
    said += text
  })
  for await (const line of createInterface({ input: stdout })) {
    if (line.startsWith('{"url":')) return
  }
  throw new Error(`npm start ended before it was ready:\n${said}`)
}

function seconds(durationMs: number): string {
  return `${(durationMs / 1000).toFixed(2)} s`
}
