import type { ChildProcess } from 'node:child_process'
import { join } from 'node:path'
import type { ServerUser } from '../data-dir/server-user.ts'
import { embeddedPostgresError } from '../embedded-postgres-error.ts'
import { freePort } from './free-port.ts'
import { readLines } from './read-lines.ts'
import { serverArguments } from './server-arguments.ts'
import { spawnWatched } from './spawn-watched.ts'

export interface ServerPlan {
  readonly postgres: string
  readonly pgDir: string
  readonly user: ServerUser
  readonly durable: boolean
  readonly settings: Readonly<Record<string, string>>
  readonly discard?: string | undefined
  readonly log: (line: string) => void
  readonly pickPort?: (host: string) => Promise<number>
}

export interface ServerExit {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  /** Whether `stop()` was called before. If not, the server failed, and the service should end too. */
  readonly wasAsked: boolean
  /** The last lines of the output of the server. */
  readonly output: readonly string[]
}

export interface RunningServer {
  readonly pid: number
  readonly port: number
  readonly exited: Promise<ServerExit>
  stop(): Promise<void>
}

export const HOST = '127.0.0.1'

const PORT_ATTEMPTS = 5
const FAST_STOP_MS = 10_000

/** Starts the server and waits until it takes connections. @throws start_failed */
export async function startServer(plan: ServerPlan): Promise<RunningServer> {
  const { pickPort = freePort } = plan
  for (let attempt = 1; ; attempt++) {
    const port = await pickPort(HOST)
    const { server, output } = await tryToStart(plan, port)
    if (server !== null) return server
    const isPortTaken = output.some((line) => line.includes('Address already in use'))
    if (isPortTaken && attempt < PORT_ATTEMPTS) continue
    const message = `PostgreSQL did not start in ${plan.pgDir}: ${output.slice(-10).join('\n')}`
    throw embeddedPostgresError('start_failed', message, { output })
  }
}

interface Trial {
  readonly server: RunningServer | null
  readonly output: readonly string[]
}

function tryToStart(
  { postgres, pgDir, user, discard, log, ...plan }: ServerPlan,
  port: number,
): Promise<Trial> {
  const args = serverArguments({ ...plan, pgDir, host: HOST, port })
  const pidFile = join(pgDir, 'postmaster.pid')
  const child = spawnWatched({ user, program: postgres, args, pidFile, discard })
  // Listen from the start and not from readiness on, because the server may die at the moment it becomes ready.
  const exit = new Promise<Exit>((resolve) => {
    child.once('exit', (code, signal) => resolve({ code, signal }))
  })
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    // The event is 'close' and not 'exit', because the last output may arrive after 'exit'.
    child.once('close', () => resolve({ server: null, output }))
    const output = readLines(child, (line) => {
      if (line.includes('database system is ready to accept connections')) {
        resolve({ server: handle(child, exit, port, output), output })
      }
      log(line)
    })
  })
}

type Exit = Pick<ServerExit, 'code' | 'signal'>

function handle(
  child: ChildProcess,
  exit: Promise<Exit>,
  port: number,
  output: readonly string[],
): RunningServer {
  let stopping: Promise<void> | null = null
  const exited = exit.then(({ code, signal }) => ({ code, signal, wasAsked: stopping !== null, output }))

  async function stop(): Promise<void> {
    child.kill('SIGINT')
    // An immediate shutdown loses no acknowledged change, because the next start recovers.
    const impatience = setTimeout(() => child.kill('SIGQUIT'), FAST_STOP_MS)
    await exited
    clearTimeout(impatience)
  }

  return {
    pid: child.pid ?? -1,
    port,
    exited,
    stop() {
      stopping ??= stop()
      return stopping
    },
  }
}
