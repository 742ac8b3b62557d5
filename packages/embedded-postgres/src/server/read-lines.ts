import type { ChildProcess } from 'node:child_process'
import { createInterface } from 'node:readline'

const KEPT = 50

/**
 * Reads the output of a program until it ends, because a full pipe would block the program, and keeps the last lines
 * for error messages.
 */
export function readLines(child: ChildProcess, onLine: (line: string) => void): readonly string[] {
  const kept: string[] = []
  for (const stream of [child.stdout, child.stderr]) {
    if (stream === null) continue
    createInterface({ input: stream }).on('line', (line) => {
      kept.push(line)
      if (kept.length > KEPT) kept.shift()
      onLine(line)
    })
  }
  return kept
}
