import { readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'

/** Looking through all processes is no small work. */
const PAUSE_MS = 100
const PATIENCE_MS = 60_000

/** Whether it runs; a zombie does not. */
function isAlive(pid: number): boolean {
  return /^\d+ \(.*\) [^Z]/s.test(textOf(pid, 'stat'))
}

/** Processes that work in this folder, or were told its name: npm, Node, the server and its watchdog. */
export function processesOf(folder: string): readonly number[] {
  const pids = readdirSync('/proc').map(Number).filter(Boolean)
  return pids.filter((pid) => {
    if (pid === process.pid) return false
    const isOfFolder =
      workingDirectory(pid).startsWith(folder) ||
      textOf(pid, 'cmdline').includes(folder) ||
      textOf(pid, 'environ').includes(folder)
    return isOfFolder && isAlive(pid)
  })
}

/** Those that are left when they have had time to end, ended then. */
export async function endProcessesOf(folder: string, patienceMs = PATIENCE_MS): Promise<readonly number[]> {
  const deadline = Date.now() + patienceMs
  while (processesOf(folder).length > 0 && Date.now() < deadline) await delay(PAUSE_MS)
  const left = processesOf(folder)
  for (const pid of left) kill(pid)
  while (processesOf(folder).some(kill)) await delay(PAUSE_MS)
  return left
}

/** PostgreSQL's own process id for the server on this data directory. */
export function serverOf(dataDir: string): number {
  const [pid] = readFileSync(`${dataDir}/pg/postmaster.pid`, 'utf8').split('\n')
  return Number(pid)
}

/** As a crash would. Whether there was anything to kill. */
export function kill(pid: number): boolean {
  try {
    return process.kill(pid, 'SIGKILL')
  } catch {
    return false
  }
}

function textOf(pid: number, name: string): string {
  try {
    return readFileSync(`/proc/${pid}/${name}`, 'latin1')
  } catch {
    return ''
  }
}

function workingDirectory(pid: number): string {
  try {
    return readlinkSync(`/proc/${pid}/cwd`)
  } catch {
    return ''
  }
}
