import { chmod, lchown, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isRoot, NOBODY } from './data-dir/server-user.ts'
import {
  type EmbeddedPostgres,
  type EmbeddedPostgresOptions,
  startEmbeddedPostgres,
} from './start-embedded-postgres.ts'

export type TemporaryPostgresOptions = Pick<EmbeddedPostgresOptions, 'durable' | 'log' | 'settings'>

/**
 * Starts a server for tests in a new folder, which is removed at `stop()` or when this process ends. It is not durable
 * by default. Only a process that is killed during the start can leave an empty folder.
 */
export async function startTemporaryPostgres(
  options: TemporaryPostgresOptions = {},
): Promise<EmbeddedPostgres> {
  const folder = await mkdtemp(join(tmpdir(), 'daftari-postgres-'))
  if (isRoot()) {
    await chmod(folder, 0o755)
    // The owner of a folder can remove it from a temporary folder, so the watchdog, which runs as that user, can remove
    // it.
    await lchown(folder, NOBODY.uid, NOBODY.gid)
  }
  try {
    const { durable = false } = options
    const server = await startEmbeddedPostgres({ ...options, dataDir: folder, durable, discard: folder })
    return {
      ...server,
      async stop() {
        await server.stop()
        for (const place of [server.dataDir, folder]) await remove(place)
      },
    }
  } catch (error) {
    await remove(folder)
    throw error
  }
}

async function remove(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true, maxRetries: 3 })
}
