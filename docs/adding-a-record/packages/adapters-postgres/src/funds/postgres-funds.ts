import type { Queries, Transaction } from '@daftari/application'
import type { Fund, FundId } from '@daftari/domain'
import { recordedColumns, recordedOf } from '../kernel/columns.ts'
import type { Database } from '../kernel/session/database.ts'
import type { PostgresSession } from '../kernel/session/postgres-session.ts'
import { insertInto, type WriteKind } from '../kernel/session/table-writes.ts'
import type { FundsTables } from './tables.ts'

type Row = FundsTables['daftari.fund']

const insertFund: WriteKind<Fund> = insertInto<Fund>('fund', [
  { name: 'id', type: 'uuid', of: ({ id }) => id },
  { name: 'name', type: 'text', of: ({ name }) => name },
  ...recordedColumns,
])

const ALL =
  'select id, name, version, created_at, created_by, updated_at from daftari.fund where owner_id = $1'
const ONE = `${ALL} and id = $2`
const PAGE = `${ALL} and ($2::uuid is null or id > $2) order by id limit $3`

export function postgresFundRepository(session: PostgresSession, ownerId: string): Transaction['funds'] {
  return {
    async find(id) {
      const [result] = await session.read({ text: ONE, values: [ownerId, id] })
      return firstOf(result?.rows)
    },
    insert: (fund) => session.stage(insertFund, fund),
  }
}

export function postgresFundQueries(database: Database): Queries['funds'] {
  return {
    async find(ownerId, id) {
      const [result] = await database.read(ownerId, [{ text: ONE, values: [ownerId, id] }])
      return firstOf(result?.rows)
    },
    async list(ownerId, { after, limit }) {
      const values = [ownerId, after?.id ?? null, limit]
      const [result] = await database.read(ownerId, [{ text: PAGE, values }])
      return (result?.rows ?? []).map(fundOf)
    },
  }
}

function firstOf(rows: readonly Row[] = []): Fund | null {
  const [row] = rows
  return row === undefined ? null : fundOf(row)
}

function fundOf(row: Row): Fund {
  return { id: row.id as FundId, name: row.name, ...recordedOf(row) }
}
