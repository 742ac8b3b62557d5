import type { Database } from '../session/database.ts'

const OWNER = 'insert into daftari.owner (id) values ($1) on conflict do nothing'
const SETTINGS = `insert into daftari.settings (owner_id, time_zone)
  select id, time_zone from daftari.owner where id = $1 on conflict do nothing`

/** Makes the rows that every other row of the owner refers to. Harmless where they are. */
export async function openBooks(database: Database, ownerId: string): Promise<void> {
  const values = [ownerId]
  await database.write(ownerId, [
    { text: OWNER, values },
    { text: SETTINGS, values },
  ])
}
