import { execFile } from 'node:child_process'
import { identityOf, type ServerUser } from '../data-dir/server-user.ts'

export interface RunResult {
  readonly ok: boolean
  readonly stdout: string
  /** The output of the program, or the reason why it could not start. */
  readonly output: string
}

/** PostgreSQL gets no environment variables of this process, because `PGDATA`, `LC_*` and `TZ` would change its behaviour. */
export const SERVER_ENVIRONMENT: Readonly<Record<string, string>> = {
  PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
  LC_ALL: 'C',
  TZ: 'UTC',
}

/** The timeout for a program that hangs. On a loaded machine even a short program takes seconds to start. */
const TIMEOUT_MS = 60_000

/** Runs a short program as the user of the server, in a working directory that this user can enter. Never throws. */
export function runAs(user: ServerUser, program: string, args: readonly string[]): Promise<RunResult> {
  const options = { ...identityOf(user), cwd: '/', env: SERVER_ENVIRONMENT, timeout: TIMEOUT_MS }
  return new Promise((resolve) => {
    execFile(program, args, options, (error, stdout, stderr) => {
      const output = `${stdout}${stderr}`.trim()
      resolve({ ok: error === null, stdout, output: output || (error?.message ?? '') })
    })
  })
}
