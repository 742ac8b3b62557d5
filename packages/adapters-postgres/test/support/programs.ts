import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'

export interface Program {
  readonly child: ChildProcess
  /** The next line that it writes. */
  nextLine(): Promise<string>
  /** Ends it as a loss of power would. */
  kill(): Promise<void>
}

/** Runs a file of `test/programs` in a process of its own. */
export function startProgram(name: string, ...args: readonly string[]): Program {
  const file = fileURLToPath(new URL(`../programs/${name}.ts`, import.meta.url))
  const child = spawn(process.execPath, ['--conditions=source', file, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const exited = once(child, 'exit')
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  async function kill(): Promise<void> {
    child.kill('SIGKILL')
    await exited
  }
  onTestFinished(kill)
  return {
    child,
    kill,
    async nextLine() {
      const { value, done } = await lines.next()
      if (done === true) throw new Error(`${name} ended before it said what was waited for`)
      return value
    },
  }
}
