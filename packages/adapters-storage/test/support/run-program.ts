import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'

export interface Ended {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly lines: readonly string[]
}

/** Runs a program of `test/programs` to its end, behind `wrapper` if there is one. */
export async function runProgram(
  name: string,
  args: readonly string[],
  wrapper: readonly string[] = [],
): Promise<Ended> {
  const program = join(import.meta.dirname, '..', 'programs', name)
  const [command = '', ...rest] = [...wrapper, process.execPath, '--conditions=source', program, ...args]
  const child = spawn(command, rest, { stdio: ['ignore', 'pipe', 'inherit'] })
  const [output, [code, signal]] = await Promise.all([text(child.stdout), once(child, 'exit')])
  return { code, signal, lines: output.split('\n').filter((line) => line !== '') }
}
