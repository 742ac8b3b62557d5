import pg from 'pg'

/** A pool ends before the last of its connections is closed, and the server may take that one with it. */
export function openPool(connectionString: string, max: number): pg.Pool {
  const pool = new pg.Pool({ connectionString, max })
  pool.on('error', () => {})
  return pool
}
