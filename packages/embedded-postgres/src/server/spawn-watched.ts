import { type ChildProcess, spawn } from 'node:child_process'
import { Socket } from 'node:net'
import { identityOf, type ServerUser } from '../data-dir/server-user.ts'
import { SERVER_ENVIRONMENT } from './run-as.ts'

export interface Watched {
  readonly user: ServerUser
  readonly program: string
  readonly args: readonly string[]
  /** The server's `postmaster.pid`: only while it names the server is the server signalled. */
  readonly pidFile?: string
  /** A folder that shall not outlive us. */
  readonly discard?: string | undefined
}

/**
 * Our end of a pipe closes however this process dies. A shell waits for that and stops the program; we say a
 * word first when the program has ended by itself. Forked twice: PostgreSQL must not find a child it does not
 * know. The program replaces the first shell, so the process id is its own. It takes a moment from the start of
 * the server to its pid file, and from our signal to its end, hence the loops: a minute each, for a loaded machine
 * may need that long.
 */
const SCRIPT = `
pid_file=$1 discard=$2
shift 2
( (
  trap '' HUP INT QUIT TERM
  read -r ended <&3 && exit 0
  tries=0
  while kill -0 $$ && [ $tries -lt 1200 ]; do
    if [ -z "$pid_file" ]; then kill -TERM -$$; break; fi
    if read -r pid <"$pid_file" && [ "$pid" = $$ ]; then kill -INT $$; break; fi
    tries=$((tries + 1))
    sleep 0.05
  done
  [ -n "$discard" ] || exit 0
  tries=0
  while kill -0 $$ && [ -e "\${pid_file:-/}" ] && [ $tries -lt 600 ]; do
    tries=$((tries + 1))
    sleep 0.1
  done
  rm -rf "$discard"
) </dev/null >/dev/null 2>&1 & )
exec 3<&-
exec "$@"
`

/** Starts a program of PostgreSQL in a session of its own (a terminal's Ctrl-C is ours to handle), watched. */
export function spawnWatched({ user, program, args, pidFile = '', discard = '' }: Watched): ChildProcess {
  const child = spawn('/bin/sh', ['-c', SCRIPT, 'sh', pidFile, discard, program, ...args], {
    ...identityOf(user),
    cwd: '/',
    env: SERVER_ENVIRONMENT,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
  })
  // Not stdin: Node closes that by itself before it tells us of the end.
  const pipe = child.stdio[3]
  if (!(pipe instanceof Socket)) return child
  pipe.on('error', () => {})
  child.once('exit', () => pipe.end('ended\n', () => pipe.destroy()))
  return child
}
