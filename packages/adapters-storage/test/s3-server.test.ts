import { randomUUID } from 'node:crypto'
import { readdirSync } from 'node:fs'
import type { FileStore } from '@daftari/application'
import { instant } from '@daftari/domain'
import {
  type FileLinkPorts,
  fileLinksContract,
  fileReceivingContract,
  fileStoreContract,
  freshId,
  type Harness,
  manualClock,
  runContracts,
} from '@daftari/testing'
import { Client } from 'minio'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { createS3FileStore } from '../src/index.ts'
import { bytesUnder, HOUR_MS, refusalOf, someBytes, stored } from './support/files.ts'
import { followLink } from './support/follow-link.ts'
import { freshKey } from './support/fresh-key.ts'
import { removeBucket } from './support/remove-bucket.ts'
import { runProgram } from './support/run-program.ts'
import { type S3Server, s3Title, startS3 } from './support/s3-server.ts'
import { scratchFolder } from './support/scratch-folder.ts'

const { isThere, title } = s3Title()

describe.skipIf(!isThere)(title, () => {
  let server: S3Server

  beforeAll(async () => {
    server = await startS3()
  })
  afterAll(async () => {
    await server?.stop()
  })

  /** A case that leaves bytes on their way behind, here or there, fails. */
  async function openS3(): Promise<Harness<FileLinkPorts>> {
    const { folder, remove } = scratchFolder()
    const bucket = `daftari-${randomUUID()}`
    const clock = manualClock(new Date().toISOString())
    const files = createS3FileStore({ ...server.access, bucket, spoolFolder: folder, clock })
    return {
      ports: { files, follow: followLink },
      clock,
      ownerId: freshId(),
      otherOwnerId: freshId(),
      async close() {
        await files.close()
        const received = readdirSync(folder)
        remove()
        const uploads = await removeBucket(server.access, bucket)
        const left = [...received, ...uploads]
        if (left.length > 0) throw new Error(`this was left behind: ${left.join(', ')}`)
      },
    }
  }

  runContracts(it, openS3, [fileReceivingContract, fileStoreContract])
  runContracts(it, openS3, [fileLinksContract])

  /** A store in a bucket of its own, both gone after the test. */
  async function openBucket(): Promise<OpenBucket> {
    const { folder, remove } = scratchFolder()
    const bucket = `daftari-${randomUUID()}`
    const files = createS3FileStore({ ...server.access, bucket, spoolFolder: folder })
    await files.mark(freshId())
    onTestFinished(async () => {
      await files.close()
      remove()
      await removeBucket(server.access, bucket)
    })
    const { useTls, ...access } = server.access
    return { bucket, folder, files, client: new Client({ ...access, useSSL: useTls }) }
  }

  it('passes over what lies in the bucket under a name that is no key', async () => {
    const { bucket, files, client } = await openBucket()
    const key = await stored(files, someBytes(10), freshKey())
    for (const name of ['notes.txt', `${key}.bak`, `${key}/x`, 'zz/2026/11/notes.txt']) {
      await client.putObject(bucket, name, 'x')
    }
    expect(await files.list(null, 10)).toEqual([{ key, sizeBytes: 10 }])
  })

  it('knows neither hash nor more than the size of a file that somebody else put there', async () => {
    const { bucket, files, client } = await openBucket()
    const key = freshKey()
    await client.putObject(bucket, key, 'x')
    expect(await files.stat(key)).toMatchObject({ sizeBytes: 1, sha256: null })
  })

  it('F53: sweeps uploads away that were never ended, once they are old, and nobody else’s', async () => {
    const { bucket, files, client } = await openBucket()
    const key = freshKey()
    for (const name of [key, 'a-backup']) await client.initiateNewMultipartUpload(bucket, name, {})
    expect(await files.sweepUnfinished(instant(Date.now() - HOUR_MS))).toBe(0)
    expect(await files.sweepUnfinished(instant(Date.now() + HOUR_MS))).toBe(1)
    const { uploads } = await client.listIncompleteUploadsQuery(bucket, '', '', '', '|')
    expect(uploads.map((upload) => upload.key)).toEqual(['a-backup'])
  })

  it('is unavailable to whoever has a wrong secret', async () => {
    const { bucket, folder } = await openBucket()
    const files = createS3FileStore({ ...server.access, secretKey: 'wrong', bucket, spoolFolder: folder })
    onTestFinished(() => files.close())
    expect((await refusalOf(files.list(null, 10))).code).toBe('unavailable')
  })

  it('F54: kill -9 before each request leaves a file whole or not at all, and nothing that is not swept', {
    timeout: 120_000,
  }, async () => {
    const { bucket, folder, files, client } = await openBucket()
    let [requests, isKilled] = [0, true]
    while (isKilled) {
      const key = freshKey()
      const args = [JSON.stringify(server.access), bucket, folder, key, String(requests + 1)]
      const { signal, lines } = await runProgram('kill-s3.ts', args)
      isKilled = signal === 'SIGKILL'
      if (isKilled) requests += 1
      const bytes = await bytesUnder(files, key)
      expect(bytes === null || bytes.equals(someBytes(12 * 2 ** 20))).toBe(true)
      if (lines.includes('stored')) expect(bytes).not.toBeNull()
    }
    await files.sweepUnfinished(instant(Date.now() + HOUR_MS))
    expect(readdirSync(folder)).toEqual([])
    expect((await client.listIncompleteUploadsQuery(bucket, '', '', '', '|')).uploads).toEqual([])
    expect(await files.list(null, 10)).toHaveLength(1)
    console.log(`killed before each of ${requests} requests`)
    expect(requests).toBeGreaterThan(5)
  })
})

interface OpenBucket {
  readonly bucket: string
  readonly folder: string
  readonly files: FileStore
  /** The bucket as others see it. */
  readonly client: Client
}
