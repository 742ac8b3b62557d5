import { randomUUID } from 'node:crypto'
import type { S3FileStoreOptions } from '@daftari/adapters-storage'
import { removeBucket } from '../../../packages/adapters-storage/test/support/remove-bucket.ts'
import { type S3Server, s3Title, startS3 } from '../../../packages/adapters-storage/test/support/s3-server.ts'

/** The server that the tests of the store run on. */
export class S3Place {
  readonly #server: S3Server
  readonly #spoolFolder: string
  readonly #buckets: string[] = []

  private constructor(server: S3Server, spoolFolder: string) {
    this.#server = server
    this.#spoolFolder = spoolFolder
  }

  /** Why there is none, where there is none. */
  static async open(spoolFolder: string): Promise<S3Place | string> {
    const { isThere, title } = s3Title()
    return isThere ? new S3Place(await startS3(), spoolFolder) : title
  }

  newBucket(): S3FileStoreOptions {
    const bucket = `daftari-bench-${randomUUID()}`
    this.#buckets.push(bucket)
    return { ...this.#server.access, bucket, spoolFolder: this.#spoolFolder }
  }

  async close(): Promise<void> {
    try {
      for (const bucket of this.#buckets) await removeBucket(this.#server.access, bucket)
    } finally {
      await this.#server.stop()
    }
  }
}
