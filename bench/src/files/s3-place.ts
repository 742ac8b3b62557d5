import { randomUUID } from 'node:crypto'
import { createS3FileStore, type S3FileStoreOptions } from '@daftari/adapters-storage'

/** The S3 server of `S3_ENDPOINT`, `s3://key:secret@host:port?tls=0&region=us-east-1`. */
export class S3Place {
  readonly #access: Omit<S3FileStoreOptions, 'bucket'>
  readonly #buckets: string[] = []

  private constructor(access: Omit<S3FileStoreOptions, 'bucket'>) {
    this.#access = access
  }

  /** `null` without `S3_ENDPOINT`. */
  static open(spoolFolder: string): S3Place | null {
    const endpoint = process.env.S3_ENDPOINT
    if (endpoint === undefined) return null
    const url = new URL(endpoint)
    const useTls = url.searchParams.get('tls') !== '0'
    return new S3Place({
      endPoint: url.hostname,
      port: Number(url.port) || (useTls ? 443 : 80),
      useTls,
      accessKey: decodeURIComponent(url.username),
      secretKey: decodeURIComponent(url.password),
      region: url.searchParams.get('region') ?? 'us-east-1',
      spoolFolder,
    })
  }

  newBucket(): S3FileStoreOptions {
    const bucket = `daftari-bench-${randomUUID()}`
    this.#buckets.push(bucket)
    return { ...this.#access, bucket }
  }

  /** Removes the files. The buckets stay, empty but for their mark. */
  async removeFiles(): Promise<void> {
    for (const bucket of this.#buckets) {
      const files = createS3FileStore({ ...this.#access, bucket })
      for (const { key } of await files.list(null, 1_000)) await files.delete(key)
      await files.close()
    }
  }
}
