import { readdirSync, readFileSync, readlinkSync } from 'node:fs'

/** Whether it runs; a zombie does not. */
export function isAlive(pid: number): boolean {
  try {
    return !/^\d+ \(.*\) Z/s.test(readFileSync(`/proc/${pid}/stat`, 'latin1'))
  } catch {
    return false
  }
}

/** Processes that work in this folder, or were told its name, ourselves excepted. */
export function processesOf(folder: string): readonly number[] {
  const pids = readdirSync('/proc').map(Number).filter(Boolean)
  return pids.filter((pid) => {
    if (pid === process.pid || !isAlive(pid)) return false
    return workingDirectory(pid).startsWith(folder) || commandLine(pid).includes(folder)
  })
}

/** The shell that stops the server when its starter dies. */
export function watchdogOf(pgDir: string): number {
  const found = processesOf(pgDir).find((pid) => commandLine(pid).startsWith('/bin/sh'))
  if (found === undefined) throw new Error(`no watchdog for ${pgDir}`)
  return found
}

function commandLine(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'latin1')
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
