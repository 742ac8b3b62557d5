import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'

export interface StartedServer {
  readonly connectionString: string
  readonly pid: number
  readonly dataDir: string
  readonly notice: string | null
  readonly log: readonly string[]
}

export interface Refusal {
  readonly code: string
  readonly message: string
  readonly holder?: { readonly pid: number; readonly since: string; readonly url?: string } | null
}

export interface StarterOptions {
  readonly dataDir?: string
  readonly durable?: boolean
  readonly temporary?: boolean
  readonly fallbackRoot?: string
  readonly settings?: Readonly<Record<string, string>>
  readonly url?: string
}

export interface RunStarter {
  readonly uid?: number
  readonly gid?: number
  /** A program with arguments that runs Node (`unshare -m …`). */
  readonly wrapper?: readonly string[]
  readonly program?: string
}

export interface Starter {
  readonly child: ChildProcess
  readonly pid: number
  /** The server, or the refusal as an error. */
  readonly server: Promise<StartedServer>
  readonly refusal: Promise<Refusal>
  kill(): Promise<void>
  stop(): Promise<number | null>
}

const PATIENCE_MS = 60_000

/** Another Node process that starts a server: one that can be killed. It ends with the test. */
export function starter(options: StarterOptions, run: RunStarter = {}): Starter {
  const { wrapper = [], program = 'start.ts', ...identity } = run
  const path = fileURLToPath(new URL(`../programs/${program}`, import.meta.url))
  const [command = '', ...args] = [...wrapper, process.execPath, path, JSON.stringify(options)]
  const env = { PATH: process.env.PATH, TMPDIR: process.env.TMPDIR, HOME: '/' }
  const child = spawn(command, args, { ...identity, env, stdio: ['pipe', 'pipe', 'inherit'] })
  child.stdin?.on('error', () => {})
  const exited = once(child, 'exit')
  const report = firstLine(child)
  report.catch(() => {})
  onTestFinished(end)

  async function end(): Promise<void> {
    child.stdin?.destroy()
    const impatience = setTimeout(() => child.kill('SIGKILL'), PATIENCE_MS)
    await exited
    clearTimeout(impatience)
  }

  const server = report.then(({ server, error }) => server ?? Promise.reject(new Error(error?.message)))
  const refusal = report.then(({ error }) => error ?? Promise.reject(new Error('it did start')))
  server.catch(() => {})
  refusal.catch(() => {})
  return {
    child,
    pid: child.pid ?? -1,
    server,
    refusal,
    async kill() {
      child.kill('SIGKILL')
      await exited
    },
    async stop() {
      await end()
      return child.exitCode
    },
  }
}

interface Report {
  readonly server?: StartedServer
  readonly error?: Refusal
}

function firstLine(child: ChildProcess): Promise<Report> {
  return new Promise((resolve, reject) => {
    if (child.stdout === null) return reject(new Error('no stdout'))
    const lines = createInterface({ input: child.stdout })
    lines.once('line', (line) => resolve(JSON.parse(line)))
    lines.once('close', () => reject(new Error('it ended without a word')))
    child.once('error', reject)
  })
}
