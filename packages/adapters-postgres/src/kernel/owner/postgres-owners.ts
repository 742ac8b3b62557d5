import type { Owners } from '@daftari/application'
import { formatInstant, type Instant, type Owner, type OwnerId, type TimeZone } from '@daftari/domain'
import type { Database } from '../session/database.ts'

interface OwnerRow {
  readonly id: string
  readonly name: string
  readonly time_zone: string
  readonly created_at: Instant
  readonly created_by: string
}

const FIELDS = 'id, name, time_zone, created_at, created_by'

/** Creates an owner. A row without a name, which the first write of a record created, becomes the row of the new owner. */
const CREATE = `with made as (
    insert into daftari.owner as known (id, name, time_zone, created_at, created_by) values ($1, $2, $3, $4, $5)
    on conflict (id) do update set name = excluded.name, time_zone = excluded.time_zone,
      created_at = excluded.created_at, created_by = excluded.created_by where known.name is null
    returning 1)
  select daftari.require_rows((select count(*) from made), 1, 'owner', $1::text)`
const SETTINGS = `insert into daftari.settings as known (owner_id, time_zone) values ($1, $2)
  on conflict (owner_id) do update set time_zone = excluded.time_zone where known.version = 0`
const FIND = `select ${FIELDS} from daftari.owner where id = $1 and name is not null`
const LIST = `select ${FIELDS} from daftari.list_owners($1, $2)`

/** The list works across all owners, so no owner is set. */
const NOBODY = ''

export function postgresOwners(database: Database): Owners {
  return {
    async create({ id, name, timeZone, createdAt, createdBy }) {
      await database.write(id, [
        { text: CREATE, values: [id, name, timeZone, formatInstant(createdAt), createdBy] },
        { text: SETTINGS, values: [id, timeZone] },
      ])
    },
    async find(id) {
      const [result] = await database.read(id, [{ text: FIND, values: [id] }])
      const row: OwnerRow | undefined = result?.rows[0]
      return row === undefined ? null : ownerOf(row)
    },
    async list({ after, limit }) {
      const [result] = await database.read(NOBODY, [{ text: LIST, values: [after?.id ?? null, limit] }])
      return (result?.rows ?? []).map(ownerOf)
    },
  }
}

function ownerOf(row: OwnerRow): Owner {
  return {
    id: row.id as OwnerId,
    name: row.name,
    timeZone: row.time_zone as TimeZone,
    createdAt: row.created_at,
    createdBy: row.created_by,
  }
}
