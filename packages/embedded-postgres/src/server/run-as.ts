import { execFile } from 'node:child_process'
import { identityOf, type ServerUser } from '../data-dir/server-user.ts'

export interface RunResult {
  readonly ok: boolean
  readonly stdout: string
  /** Everything it said, for a report; when it could not even start, why. */
  readonly output: string
}

/** No variable of ours reaches PostgreSQL: `PGDATA`, `LC_*` and `TZ` would change what it does. */
export const SERVER_ENVIRONMENT: Readonly<Record<string, string>> = {
  PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
  LC_ALL: 'C',
  TZ: 'UTC',
}

/** For a program that hangs; on a loaded machine even a short one takes seconds to start. */
const TIMEOUT_MS = 60_000

/** Runs a short program as the server's user, outside any directory that user may not enter. Never throws. */
export function runAs(user: ServerUser, program: string, args: readonly string[]): Promise<RunResult> {
  const options = { ...identityOf(user), cwd: '/', env: SERVER_ENVIRONMENT, timeout: TIMEOUT_MS }
  return new Promise((resolve) => {
    execFile(program, args, options, (error, stdout, stderr) => {
      const output = `${stdout}${stderr}`.trim()
      resolve({ ok: error === null, stdout, output: output || (error?.message ?? '') })
    })
  })
}
