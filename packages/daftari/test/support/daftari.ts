import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { afterAll } from 'vitest'
import { COMPILE_CACHE } from '../../harness/service-process.ts'
import { dataDirectory } from './data-directory.ts'

const MAIN = fileURLToPath(new URL('../../src/main.ts', import.meta.url))

export interface Ended {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly stdout: string
  readonly stderr: string
}

export interface Run {
  readonly child: ChildProcess
  readonly ended: Promise<Ended>
}

type Environment = Readonly<Record<string, string>>

const running = new Set<Run>()

afterAll(async () => {
  for (const { child } of running) child.kill('SIGTERM')
  await Promise.all([...running].map(({ ended }) => ended))
})

/** The program as a process of its own, which does not outlive the tests of the file. */
export function run(args: readonly string[], env: Environment = {}): Run {
  const { PATH = '' } = process.env
  const child = spawn(process.execPath, ['--conditions=source', MAIN, ...args], {
    env: { PATH, NODE_COMPILE_CACHE: COMPILE_CACHE, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const stdout: Buffer[] = []
  const stderr: Buffer[] = []
  child.stdout.on('data', (piece: Buffer) => stdout.push(piece))
  child.stderr.on('data', (piece: Buffer) => stderr.push(piece))
  const ended = once(child, 'close').then(([code, signal]) => {
    running.delete(program)
    return {
      code,
      signal,
      stdout: Buffer.concat(stdout).toString(),
      stderr: Buffer.concat(stderr).toString(),
    }
  })
  const program = { child, ended }
  running.add(program)
  return program
}

export interface Served extends Run {
  readonly url: string
  readonly docs: string
  readonly apiKey: string
  readonly dataDir: string
  /** Asked kindly; fulfilled with how it ended. */
  stop(): Promise<Ended>
}

/** A service on a port of its own, after its line on stdout. */
export async function serve(given: Environment = {}): Promise<Served> {
  const env = { DAFTARI_DATA_DIR: given.DAFTARI_DATA_DIR ?? dataDirectory(), PORT: '0', ...given }
  const program = run(['serve'], env)
  const { stdout } = program.child
  if (stdout === null) throw new Error('stdout is not piped')
  const line = await Promise.race([
    once(createInterface({ input: stdout }), 'line').then(([text]) => String(text)),
    program.ended.then(({ stderr }) => {
      throw new Error(stderr)
    }),
  ])
  return {
    ...program,
    ...JSON.parse(line),
    dataDir: env.DAFTARI_DATA_DIR,
    stop() {
      program.child.kill('SIGTERM')
      return program.ended
    },
  }
}

/** A command that is to succeed; what it prints as JSON. */
export async function json(args: readonly string[], env: Environment) {
  const { code, stdout, stderr } = await run([...args, '--json'], env).ended
  if (code !== 0) throw new Error(`daftari ${args.join(' ')} ended with ${code}: ${stderr}`)
  return JSON.parse(stdout)
}
