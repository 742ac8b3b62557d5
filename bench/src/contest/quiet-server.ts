import { startTemporaryPostgres } from '@daftari/embedded-postgres'

/** What would otherwise happen now and then, in whoever's turn it is. */
const QUIET = {
  autovacuum: 'off',
  jit: 'off',
  max_wal_size: '8GB',
  checkpoint_timeout: '1h',
  shared_buffers: '512MB',
}

/** A durable server on which every turn of a contest is like the others. */
export function startQuietServer(): ReturnType<typeof startTemporaryPostgres> {
  return startTemporaryPostgres({ durable: true, settings: QUIET })
}
