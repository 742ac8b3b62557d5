import { chmod, chown, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type EmbeddedPostgres, startEmbeddedPostgres } from '@daftari/embedded-postgres'
import { openTcpProxy, targetOf } from './tcp-proxy.ts'

const NOBODY = 65534

/** A server that stops as at a crash and comes back where it was: its port is that of a proxy. */
export interface RestartableServer {
  readonly url: string
  /** Stops it as `pg_ctl stop -m immediate` does: no connection is told, nothing is written any more. */
  stopImmediately(): Promise<void>
  start(): Promise<void>
  close(): Promise<void>
}

export async function openRestartableServer(): Promise<RestartableServer> {
  const folder = await mkdtemp(join(tmpdir(), 'daftari-restarts-'))
  if (process.getuid?.() === 0) {
    await chmod(folder, 0o755)
    await chown(folder, NOBODY, NOBODY)
  }
  const begin = (): Promise<EmbeddedPostgres> =>
    startEmbeddedPostgres({
      dataDir: folder,
      durable: false,
      discard: folder,
      settings: { autovacuum: 'off' },
    })
  let server = await begin()
  const proxy = await openTcpProxy(server.connectionString)
  return {
    url: proxy.urlOf(server.connectionString),
    async stopImmediately() {
      process.kill(server.pid, 'SIGQUIT')
      await server.exited
      await server.stop()
    },
    async start() {
      server = await begin()
      proxy.target = targetOf(server.connectionString)
    },
    async close() {
      await proxy.close()
      await server.stop()
      await rm(folder, { recursive: true, force: true, maxRetries: 3 })
    },
  }
}
