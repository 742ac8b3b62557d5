import { Client } from 'pg'
import { query } from './query.ts'
import { until } from './until.ts'

export interface Writer {
  /** The rows whose commit the server has acknowledged. */
  readonly acknowledged: readonly number[]
  hasWritten(count: number): Promise<void>
  /** Fulfilled when the connection is lost. */
  readonly ended: Promise<void>
}

/** Writes row after row, each a transaction, until the connection breaks. */
export async function startWriter(connectionString: string): Promise<Writer> {
  await query(connectionString, 'create table if not exists written (n int primary key)')
  const [last] = await query(connectionString, 'select coalesce(max(n), 0) as n from written')
  const client = new Client({ connectionString })
  client.on('error', () => {})
  await client.connect()
  const acknowledged: number[] = []
  let next = Number(last?.n)

  async function write(): Promise<void> {
    for (;;) {
      await client.query('insert into written values ($1)', [++next])
      acknowledged.push(next)
    }
  }

  return {
    acknowledged,
    ended: write().catch(() => {}),
    hasWritten: (count) => until(`${count} rows are written`, () => acknowledged.length >= count),
  }
}

export async function missingRows(
  connectionString: string,
  acknowledged: readonly number[],
): Promise<readonly number[]> {
  const rows = await query(connectionString, 'select n from written')
  const found = new Set(rows.map(({ n }) => n))
  return acknowledged.filter((n) => !found.has(n))
}
