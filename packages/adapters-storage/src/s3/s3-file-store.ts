import {
  type ByteRange,
  type Clock,
  contentDisposition,
  type LinkingFileStore,
  type ListedFile,
  type ReceivedFile,
  type StoredFile,
} from '@daftari/application'
import { type FileKey, type Instant, parseFileKey } from '@daftari/domain'
import { systemClock } from '@daftari/machine'
import type { Client } from 'minio'
import type { FileDriver, ReadPieces } from '../file-driver.ts'
import { guardedFileStore } from '../guarded-file-store.ts'
import { Spool } from '../receiving/spool.ts'
import { PART_BYTES, putObject } from './put-object.ts'
import { absentObject, codeOf, isFull, isReset } from './s3-failure.ts'
import { type S3Transport, s3Transport } from './s3-transport.ts'

const MARK = '.daftari-store'
const SILENCE_MS = 5_000
/** In none of our keys. The client sends one always, and OpenStack Swift finds an empty one in every key. */
const NO_DELIMITER = '|'

export interface S3FileStoreOptions {
  readonly endPoint: string
  readonly port: number
  readonly useTls: boolean
  readonly accessKey: string
  readonly secretKey: string
  /** Of this store alone. It is made when the store is marked. */
  readonly bucket: string
  readonly region?: string
  /** A folder of this machine for what is received and not stored yet. */
  readonly spoolFolder: string
  /** How long the server may be silent: 5 seconds unless said otherwise. */
  readonly silenceMs?: number
  readonly clock?: Clock
}

/** Files in a bucket of a service that speaks S3. */
export function createS3FileStore(options: S3FileStoreOptions): LinkingFileStore {
  const driver = new S3Driver(options)
  return {
    ...guardedFileStore(driver, { keepsMark: true }),
    async link(key, { expiresInSeconds, fileName }) {
      if (parseFileKey(key) === null) throw new RangeError(`"${key}" is not the key of a file`)
      return driver.link(key, expiresInSeconds, contentDisposition(fileName))
    },
  }
}

class S3Driver implements FileDriver {
  readonly #options: S3FileStoreOptions
  readonly #bucket: string
  readonly #spool: Spool
  readonly #clock: Clock
  readonly #transport: S3Transport
  readonly #aborting: Set<Promise<void>> = new Set()
  #client: Promise<Client> | null = null

  constructor(options: S3FileStoreOptions) {
    const { bucket, spoolFolder, clock = systemClock, useTls, silenceMs = SILENCE_MS } = options
    this.#options = options
    this.#bucket = bucket
    this.#spool = new Spool(spoolFolder)
    this.#clock = clock
    this.#transport = s3Transport({ useTls, silenceMs })
  }

  async storeId(): Promise<string | null> {
    const pieces = await this.#asking((client) => client.getObject(this.#bucket, MARK)).catch(absentObject)
    if (pieces === null) return null
    let text = ''
    for await (const piece of pieces) text += String(piece)
    return text.trim()
  }

  async mark(id: string): Promise<void> {
    // Whoever may not ask whether the bucket exists hears from the next request that it does not.
    const exists = await this.#asking((client) => client.bucketExists(this.#bucket)).catch(() => true)
    if (!exists) await this.#asking((client) => client.makeBucket(this.#bucket, this.#region))
    try {
      // Of two that mark at once, one hears that the other was faster.
      await this.#writeMark(id, { 'if-none-match': '*' })
    } catch (failure) {
      if (codeOf(failure) === 'PreconditionFailed') return
      if (codeOf(failure) !== 'NotImplemented') throw failure
      await this.#writeMark(id, {})
    }
  }

  async receive(pieces: AsyncIterable<Uint8Array>, limitBytes: number): Promise<ReceivedFile | null> {
    const file = await this.#spool.createNameless()
    return (await file.fill(pieces, limitBytes)) ? file : null
  }

  async put(key: FileKey, file: ReceivedFile, read: ReadPieces, contentType: string): Promise<void> {
    const object = {
      bucket: this.#bucket,
      key,
      sizeBytes: file.sizeBytes,
      headers: { 'content-type': contentType, 'x-amz-meta-sha256': file.sha256 },
    }
    try {
      await this.#asking((client) => putObject(client, object, read()))
    } catch (failure) {
      if (file.sizeBytes > PART_BYTES) this.#abortLater(key)
      throw failure
    }
  }

  async stat(key: FileKey): Promise<StoredFile | null> {
    const found = await this.#asking((client) => client.statObject(this.#bucket, key)).catch(absentObject)
    if (found === null) return null
    const metaData: Readonly<Record<string, unknown>> = found.metaData
    return {
      sizeBytes: found.size,
      sha256: textOf(metaData.sha256),
      contentType: textOf(metaData['content-type']),
    }
  }

  async sizeOf(key: FileKey): Promise<number | null> {
    return (await this.stat(key))?.sizeBytes ?? null
  }

  async *read(key: FileKey, { offset, length }: ByteRange): AsyncGenerator<Uint8Array> {
    const pieces = await this.#asking((client) => client.getPartialObject(this.#bucket, key, offset, length))
    let read = 0
    for await (const piece of pieces) {
      read += piece.length
      yield piece
    }
    if (read !== length) throw new Error(`of ${key} came ${read} of ${length} bytes`)
  }

  async delete(key: FileKey): Promise<void> {
    await this.#asking((client) => client.removeObject(this.#bucket, key)).catch(absentObject)
  }

  async list(after: FileKey | null, limit: number): Promise<readonly ListedFile[]> {
    return this.#asking(async (client) => {
      const listed: ListedFile[] = []
      for await (const { name, size } of client.listObjectsV2(this.#bucket, '', true, after ?? '')) {
        if (listed.length === limit) break
        if (name !== undefined && isKey(name)) listed.push({ key: name, sizeBytes: size })
      }
      return listed
    })
  }

  async sweepUnfinished(before: Instant): Promise<number> {
    let count = await this.#spool.sweep(before)
    for (const { key, uploadId, initiated } of await this.#uploads('')) {
      if (!isKey(key) || initiated.getTime() >= before) continue
      await this.#asking((client) => client.abortMultipartUpload(this.#bucket, key, uploadId)).catch(
        absentObject,
      )
      count += 1
    }
    return count
  }

  async link(key: FileKey, expiresInSeconds: number, disposition: string): Promise<string> {
    const client = await this.#connected()
    return client.presignedGetObject(
      this.#bucket,
      key,
      expiresInSeconds,
      { 'response-content-type': 'application/octet-stream', 'response-content-disposition': disposition },
      new Date(this.#clock.now()),
    )
  }

  async close(): Promise<void> {
    await Promise.all(this.#aborting)
    this.#transport.close()
  }

  refusal(failure: unknown): 'unavailable' | 'storage_full' | null {
    if (failure instanceof TypeError || failure instanceof RangeError) return null
    return isFull(failure) ? 'storage_full' : 'unavailable'
  }

  get #region(): string {
    return this.#options.region ?? 'us-east-1'
  }

  async #writeMark(id: string, condition: Readonly<Record<string, string>>): Promise<void> {
    const metaData = { 'content-type': 'text/plain', ...condition }
    const text = Buffer.from(`${id}\n`)
    await this.#asking((client) => client.putObject(this.#bucket, MARK, text, text.length, metaData))
  }

  /** Everything asked here can be asked again, and is, once, when the connection turns out to be lost. */
  async #asking<Answer>(ask: (client: Client) => Promise<Answer>): Promise<Answer> {
    const client = await this.#connected()
    try {
      return await ask(client)
    } catch (failure) {
      if (!isReset(failure)) throw failure
      return ask(client)
    }
  }

  /** The client is large and slow to load, and not everybody who has this package has a bucket. */
  #connected(): Promise<Client> {
    this.#client ??= import('minio').then(
      ({ Client }) =>
        new Client({
          endPoint: this.#options.endPoint,
          port: this.#options.port,
          useSSL: this.#options.useTls,
          accessKey: this.#options.accessKey,
          secretKey: this.#options.secretKey,
          // With a region it asks nobody where the bucket is, and signs links by itself.
          region: this.#region,
          pathStyle: true,
          retryOptions: { disableRetry: true },
          transport: this.#transport,
          transportAgent: this.#transport.agent,
        }),
    )
    return this.#client
  }

  /** Whoever wants to store the file elsewhere does not wait for it. What cannot be aborted now is swept one day. */
  #abortLater(key: FileKey): void {
    const aborting = this.#abort(key)
      .catch(() => undefined)
      .finally(() => this.#aborting.delete(aborting))
    this.#aborting.add(aborting)
  }

  /** Gives up the parts of a file that did not become whole. */
  async #abort(key: FileKey): Promise<void> {
    for (const { uploadId } of (await this.#uploads(key)).filter((upload) => upload.key === key)) {
      await this.#asking((client) => client.abortMultipartUpload(this.#bucket, key, uploadId))
    }
  }

  /** The uploads under way whose keys begin so. */
  async #uploads(prefix: string): Promise<readonly Upload[]> {
    return this.#asking(async (client) => {
      const found: Upload[] = []
      for (let after = ''; ; ) {
        const page = await client.listIncompleteUploadsQuery(this.#bucket, prefix, after, '', NO_DELIMITER)
        found.push(...page.uploads)
        if (!page.isTruncated || page.nextKeyMarker === '') return found
        after = page.nextKeyMarker
      }
    })
  }
}

interface Upload {
  readonly key: string
  readonly uploadId: string
  readonly initiated: Date
}

function isKey(text: string): text is FileKey {
  return parseFileKey(text) !== null
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null
}
