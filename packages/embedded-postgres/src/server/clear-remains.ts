import { existsSync } from 'node:fs'
import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { hasCode } from '../data-dir/has-code.ts'
import type { ServerUser } from '../data-dir/server-user.ts'
import { embeddedPostgresError } from '../embedded-postgres-error.ts'
import { runAs } from './run-as.ts'

/**
 * Lists the processes of a server by their working directory, which is the data directory. This excludes zombies and
 * other programs with a reused pid, both of which PostgreSQL itself takes for a running server. The script runs as the
 * user of the server, because in a container even root may be denied access to the processes of others.
 */
const LIST_SERVERS = `
for process in /proc/[0-9]*; do
  [ "$process/cwd" -ef "$1" ] && read -r name <"$process/comm" && [ "$name" = postgres ] && echo "\${process#/proc/}"
done
exit 0
`

const GRACE_MS = 1_000
const STOP_MS = 10_000
const POLL_MS = 25

/**
 * Removes the remains of a killed server. The caller holds the lock on the directory, so every server process in it is
 * an orphan. Its watchdog gets a second to stop it; then it gets a fast shutdown. A stale pid file is removed.
 * @throws orphan_will_not_stop
 */
export async function clearRemains(
  pgDir: string,
  user: ServerUser,
  log: (line: string) => void,
): Promise<void> {
  // Without /proc (macOS) orphans cannot be found. PostgreSQL then refuses to start when in doubt.
  if (!existsSync('/proc/self/cwd')) return
  let orphans = await orphansAfter(0)
  if (orphans.length > 0) orphans = await orphansAfter(GRACE_MS)
  if (orphans.length > 0) {
    const server = await recordedPid(pgDir)
    // A backend without its server treats the signal as a request to cancel its query, and then notices that the server
    // has ended.
    const addressees = server !== null && orphans.includes(server) ? [server] : orphans
    log(`Stopping a server that its starter left in ${pgDir}: process ${addressees.join(', ')}.`)
    for (const pid of addressees) interrupt(pid)
    orphans = await orphansAfter(STOP_MS)
  }
  if (orphans.length > 0) {
    const message = `Processes ${orphans.join(', ')} still work in ${pgDir} and do not stop.`
    throw embeddedPostgresError('orphan_will_not_stop', message)
  }
  await rm(join(pgDir, 'postmaster.pid'), { force: true })

  async function orphansAfter(patienceMs: number): Promise<readonly number[]> {
    const deadline = Date.now() + patienceMs
    for (;;) {
      const { stdout } = await runAs(user, '/bin/sh', ['-c', LIST_SERVERS, 'sh', pgDir])
      const pids = stdout.split('\n').filter(Boolean).map(Number)
      if (pids.length === 0 || Date.now() >= deadline) return pids
      await delay(POLL_MS)
    }
  }
}

async function recordedPid(pgDir: string): Promise<number | null> {
  try {
    return Number.parseInt(await readFile(join(pgDir, 'postmaster.pid'), 'utf8'), 10) || null
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return null
    throw error
  }
}

function interrupt(pid: number): void {
  try {
    process.kill(pid, 'SIGINT')
  } catch (error) {
    if (!hasCode(error, 'ESRCH')) throw error
  }
}
