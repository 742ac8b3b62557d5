import { readFileSync, writeFileSync } from 'node:fs'

/** The memory that a process holds, in MiB: before, at most, and after. */
export interface Resident {
  readonly start: number
  readonly peak: number
  readonly end: number
  readonly seconds: number
}

/** Told to the kernel, this makes the highest mark the present one. */
const FORGET_PEAK = '5'

/** What a process held while `work` was done. The kernel keeps the highest mark, so that no moment is missed. */
export async function residentDuring(pid: number, work: () => Promise<void>): Promise<Resident> {
  writeFileSync(`/proc/${pid}/clear_refs`, FORGET_PEAK)
  const start = mebibytes(pid, 'VmRSS')
  const began = performance.now()
  await work()
  const seconds = (performance.now() - began) / 1000
  return { start, peak: mebibytes(pid, 'VmHWM'), end: mebibytes(pid, 'VmRSS'), seconds }
}

function mebibytes(pid: number, field: 'VmRSS' | 'VmHWM'): number {
  const [, kibibytes] = new RegExp(`^${field}:\\s+(\\d+) kB$`, 'm').exec(
    readFileSync(`/proc/${pid}/status`, 'utf8'),
  ) ?? ['', Number.NaN]
  return Number(kibibytes) / 1024
}
