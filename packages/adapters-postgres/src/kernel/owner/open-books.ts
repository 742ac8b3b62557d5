import type { Database } from '../session/database.ts'

const OWNER = 'insert into daftari.owner (id) values ($1) on conflict do nothing'
const SETTINGS = `insert into daftari.settings (owner_id, time_zone)
  select id, time_zone from daftari.owner where id = $1 on conflict do nothing`

/** Inserts the rows that all other rows of the owner refer to. Does nothing if they exist. */
export async function openBooks(database: Database, ownerId: string): Promise<void> {
  const values = [ownerId]
  await database.write(ownerId, [
    { text: OWNER, values },
    { text: SETTINGS, values },
  ])
}
