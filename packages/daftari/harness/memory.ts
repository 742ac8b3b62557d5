// npm run memory -- --rows 1e6

import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { exportCsv, importCsv, prepareCategories } from './csv-transfer.ts'
import { endProcessesOf } from './processes.ts'
import { type Resident, residentDuring } from './resident.ts'
import { type ServiceProcess, startService } from './service-process.ts'

/**
 * With its event a row is some kilobyte as objects: 10^6 of them held, or a tenth of them, would need more than this. What
 * the heap grows by on its own is less.
 */
const MOST_GROWTH_MIB = 96
/** By then the heap has its usual size, which is no matter of rows. */
const WARM_UP_ROWS = 100_000
const LEAST_ROWS = 5 * WARM_UP_ROWS

const { values } = parseArgs({ options: { rows: { type: 'string', default: '1e6' } } })
const rows = Number(values.rows)
if (!Number.isSafeInteger(rows) || rows < LEAST_ROWS)
  throw new Error(`--rows is a number from ${LEAST_ROWS} on`)

const dataDir = mkdtempSync(join(tmpdir(), 'daftari-memory-'))
// Root's server runs as somebody else, who has to pass through.
chmodSync(dataDir, 0o755)
try {
  const service = await startService(dataDir, 'node')
  await prepareCategories(service)
  const few = await transferred(service, 'warm-up', WARM_UP_ROWS)
  const many = await transferred(service, 'measured', rows)
  const growth = { import: many.import.peak - few.import.peak, export: many.export.peak - few.export.peak }
  const isFlat = Math.max(growth.import, growth.export) <= MOST_GROWTH_MIB
  console.log(
    `memory: ${rows} rows, import ${described(many.import)} MiB, export ${described(many.export)} MiB; peaks ` +
      `${signed(growth.import)} and ${signed(growth.export)} MiB against ${WARM_UP_ROWS} rows ` +
      `(at most +${MOST_GROWTH_MIB}): ${isFlat ? 'flat' : 'NOT FLAT'}`,
  )
  process.exitCode = isFlat ? 0 : 1
  service.stop()
  await service.ended
} finally {
  await endProcessesOf(dataDir, 0)
  rmSync(dataDir, { recursive: true, force: true, maxRetries: 3 })
}

async function transferred(
  service: ServiceProcess,
  name: string,
  count: number,
): Promise<{ readonly import: Resident; readonly export: Resident }> {
  const taken = await residentDuring(service.pid, () => importCsv(service, count))
  console.log(`${name}: import of ${count} rows, ${described(taken)} MiB, ${taken.seconds.toFixed(1)} s`)
  const given = await residentDuring(service.pid, () => exportCsv(service, count))
  console.log(`${name}: export of ${count} rows, ${described(given)} MiB, ${given.seconds.toFixed(1)} s`)
  return { import: taken, export: given }
}

function described({ start, peak, end }: Resident): string {
  return `${[start, peak, end].map((value) => value.toFixed(0)).join(' -> ')}`
}

function signed(value: number): string {
  return `${value < 0 ? '' : '+'}${value.toFixed(0)}`
}
