import { readdirSync, readFileSync } from 'node:fs'

/** Linux counts in hundredths of a second. */
const TICK_US = 10_000

/** Processor time that this process has used. */
export function ownTimeUs(): number {
  const { user, system } = process.cpuUsage()
  return user + system
}

/**
 * Processor time that a PostgreSQL server and its processes have used, those that have ended included; `null` where
 * there is no `/proc`.
 */
export function serverTimeUs(postmaster: number): number | null {
  const own = readStat(postmaster)
  if (own === null) return null
  let ticks = own.ticks + own.endedTicks
  for (const name of readdirSync('/proc')) {
    const stat = /^\d+$/.test(name) ? readStat(Number(name)) : null
    if (stat?.parent === postmaster) ticks += stat.ticks
  }
  return ticks * TICK_US
}

interface Stat {
  readonly parent: number
  readonly ticks: number
  /** Of children that have ended. */
  readonly endedTicks: number
}

/** The name of a program may hold anything, so the fields are counted from its closing bracket. */
function readStat(pid: number): Stat | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'latin1')
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
    const at = (index: number): number => Number(fields[index])
    return { parent: at(1), ticks: at(11) + at(12), endedTicks: at(13) + at(14) }
  } catch {
    return null
  }
}
