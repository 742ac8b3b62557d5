import type { ChildProcess } from 'node:child_process'
import { createInterface } from 'node:readline'

const KEPT = 50

/**
 * Reads what a program says for as long as it lives (a full pipe would block it) and keeps the last lines for a
 * report.
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
