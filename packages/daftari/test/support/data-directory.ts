import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect } from 'vitest'
import { endProcessesOf } from '../../harness/processes.ts'

let parent: string | undefined
let count = 0

// After the programs were told to end: hooks run in reverse order, and this file is imported first by theirs.
afterAll(async () => {
  if (parent === undefined) return
  const left = await endProcessesOf(parent)
  rmSync(parent, { recursive: true, force: true, maxRetries: 3 })
  expect(left, 'processes that nobody stopped').toEqual([])
})

/** A folder that goes with the tests of the file, which fail when a process still works in it. */
export function dataDirectory(): string {
  parent ??= open(mkdtempSync(join(tmpdir(), 'daftari-')))
  count += 1
  const directory = join(parent, String(count))
  mkdirSync(directory)
  return open(directory)
}

/** The server that root starts runs as somebody else, who has to pass through. */
function open(directory: string): string {
  chmodSync(directory, 0o755)
  return directory
}
