import { parentPort, workerData } from 'node:worker_threads'
import { simulate } from './simulation/simulate.ts'

/** A seed that failed, or how many did when all are done. */
export type Report = { readonly seed: number; readonly violation: string } | { readonly failed: number }

const { first, end, step } = workerData as {
  readonly first: number
  readonly end: number
  readonly step: number
}
const tell = (report: Report): void => parentPort?.postMessage(report)

let failed = 0
for (let seed = first; seed < end; seed += step) {
  const [violation] = await simulate(seed)
  if (violation === undefined) continue
  failed += 1
  tell({ seed, violation })
}
tell({ failed })
