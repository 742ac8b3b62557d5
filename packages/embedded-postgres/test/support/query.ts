import { Client } from 'pg'

/** One statement on a connection of its own; gives its rows. */
export async function query(
  connectionString: string,
  text: string,
): Promise<readonly Record<string, unknown>[]> {
  const client = new Client({ connectionString })
  client.on('error', () => {})
  await client.connect()
  try {
    return (await client.query(text)).rows
  } finally {
    await client.end()
  }
}
