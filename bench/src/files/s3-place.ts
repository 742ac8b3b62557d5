import { randomUUID } from 'node:crypto'
import { createS3FileStore, type S3FileStoreOptions } from '@daftari/adapters-storage'
import { loadConfig } from 'daftari'

/** The S3 server of `S3_ENDPOINT`, `s3://key:secret@host:port?tls=0&region=us-east-1`. */
export class S3Place {
  readonly #endpoint: string
  readonly #spoolFolder: string
  readonly #used: S3FileStoreOptions[] = []

  private constructor(endpoint: string, spoolFolder: string) {
    this.#endpoint = endpoint
    this.#spoolFolder = spoolFolder
  }

  /** `null` without `S3_ENDPOINT`. */
  static open(spoolFolder: string): S3Place | null {
    const endpoint = process.env.S3_ENDPOINT
    return endpoint === undefined ? null : new S3Place(endpoint, spoolFolder)
  }

  newBucket(): S3FileStoreOptions {
    const url = new URL(this.#endpoint)
    url.pathname = `/daftari-bench-${randomUUID()}`
    const { storage } = loadConfig({ STORAGE_URL: url.href })
    if (storage.kind !== 'bucket') throw new Error('S3_ENDPOINT does not name a server that speaks S3')
    const options = { ...storage, spoolFolder: this.#spoolFolder }
    this.#used.push(options)
    return options
  }

  /** Removes the files. The buckets stay, empty but for their mark. */
  async removeFiles(): Promise<void> {
    for (const options of this.#used) {
      const files = createS3FileStore(options)
      for (const { key } of await files.list(null, 1_000)) await files.delete(key)
      await files.close()
    }
  }
}
