import { chmodSync, mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { processesOf } from './processes.ts'
import { until } from './until.ts'

/** A folder that goes with the test, which fails when a process still works in it. */
export function scratchFolder(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'daftari-embedded-test-')))
  chmodSync(folder, 0o755)
  onTestFinished(async () => {
    const isQuiet = await until('no process is left', () => processesOf(folder).length === 0).then(
      () => true,
      () => false,
    )
    const left = processesOf(folder)
    for (const pid of left) process.kill(pid, 'SIGKILL')
    if (left.length > 0) await until('killed processes end', () => processesOf(folder).length === 0)
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 })
    if (!isQuiet) throw new Error(`processes were left in ${folder}: ${left.join(', ')}`)
  })
  return folder
}
