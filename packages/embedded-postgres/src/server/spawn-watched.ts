import { type ChildProcess, spawn } from 'node:child_process'
import { Socket } from 'node:net'
import { identityOf, type ServerUser } from '../data-dir/server-user.ts'
import { SERVER_ENVIRONMENT } from './run-as.ts'

export interface Watched {
  readonly user: ServerUser
  readonly program: string
  readonly args: readonly string[]
  /** The `postmaster.pid` of the server. The server is signalled only while this file contains its pid. */
  readonly pidFile?: string
  /** A folder to remove when this process ends. */
  readonly discard?: string | undefined
}

/**
 * The watchdog. The kernel closes our end of a pipe when this process ends in any way; a shell waits for that and stops
 * the program. When the program has ended by itself, this process writes a word first, so that the shell signals
 * nothing. The shell is forked twice, because PostgreSQL must not find an unknown child. The program replaces the first
 * shell, so the pid is that of the program. The server needs some time to write its pid file and to stop after a
 * signal, so the script waits in loops, for a minute each because a loaded machine may need that long.
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

/** Starts a program of PostgreSQL with a watchdog, in its own session, so that Ctrl-C in a terminal reaches only this process. */
export function spawnWatched({ user, program, args, pidFile = '', discard = '' }: Watched): ChildProcess {
  const child = spawn('/bin/sh', ['-c', SCRIPT, 'sh', pidFile, discard, program, ...args], {
    ...identityOf(user),
    cwd: '/',
    env: SERVER_ENVIRONMENT,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
  })
  // The pipe is not stdin, because Node closes stdin itself before it reports the end of the program.
  const pipe = child.stdio[3]
  if (!(pipe instanceof Socket)) return child
  pipe.on('error', () => {})
  child.once('exit', () => pipe.end('ended\n', () => pipe.destroy()))
  return child
}
