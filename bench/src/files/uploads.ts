import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import type { FolderFileStoreOptions, S3FileStoreOptions } from '@daftari/adapters-storage'
import { CannotRun } from '../cannot-run.ts'

const program = fileURLToPath(
  new URL('../../../packages/adapters-storage/test/programs/upload-many.ts', import.meta.url),
)

export interface Uploaded {
  readonly elapsedMs: number
  /** How much more memory was resident than before. */
  readonly growthBytes: number
}

/** The file, so many times at once, into the store, in a process of its own. */
export async function uploadMany(
  store: FolderFileStoreOptions | S3FileStoreOptions,
  count: number,
  path: string,
): Promise<Uploaded> {
  return JSON.parse(
    await outputOf(process.execPath, [
      '--conditions=source',
      program,
      JSON.stringify(store),
      String(count),
      path,
    ]),
  )
}

/** How long one core hashes the file so many times. */
export async function sha256sumMs(path: string, count: number): Promise<number> {
  const start = performance.now()
  await outputOf(
    'sha256sum',
    Array.from({ length: count }, () => path),
  )
  return performance.now() - start
}

async function outputOf(command: string, args: readonly string[]): Promise<string> {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  const failed = once(child, 'error').then(() => {
    throw new CannotRun(`The bench of files needs ${command}, which cannot be run here.`)
  })
  const [output, [code]] = await Promise.race([
    Promise.all([text(child.stdout), once(child, 'exit')]),
    failed,
  ])
  if (code !== 0) throw new Error(`${command} ended with ${code}`)
  return output
}
