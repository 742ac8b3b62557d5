import { existsSync } from 'node:fs'
import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { hasCode } from '../data-dir/has-code.ts'
import type { ServerUser } from '../data-dir/server-user.ts'
import { embeddedPostgresError } from '../embedded-postgres-error.ts'
import { runAs } from './run-as.ts'

/**
 * Every process of a server has the data directory as its working directory, which tells it from a zombie and from
 * a stranger that got its number; PostgreSQL itself takes both for a living server. Asked as the server's user:
 * even root may be denied the look at another's processes (in a container), nobody is denied at his own.
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
 * Clears away what a killed server left. The caller holds the lock on the directory, so whatever runs in it is an
 * orphan: it gets a second for its watchdog to work, then a fast shutdown. A stale pid file is removed.
 * @throws orphan_will_not_stop
 */
export async function clearRemains(
  pgDir: string,
  user: ServerUser,
  log: (line: string) => void,
): Promise<void> {
  // Without /proc (macOS) nobody can tell; PostgreSQL refuses by itself when in doubt.
  if (!existsSync('/proc/self/cwd')) return
  let orphans = await orphansAfter(0)
  if (orphans.length > 0) orphans = await orphansAfter(GRACE_MS)
  if (orphans.length > 0) {
    const server = await recordedPid(pgDir)
    // A backend whose server is gone takes the same signal as "cancel your query", and then sees it is alone.
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
