import { createHash } from 'node:crypto'
import type { Client } from 'minio'

/** The least that S3 allows of each part but the last. */
export const PART_BYTES: number = 5 * 2 ** 20

export interface NewObject {
  readonly bucket: string
  readonly key: string
  readonly sizeBytes: number
  readonly headers: Readonly<Record<string, string>>
}

/**
 * Stores the pieces, in parts when they are more than one part. One part is held in memory at a time: the client's own way
 * reads ahead, and holds three.
 */
export async function putObject(
  client: Client,
  { bucket, key, sizeBytes, headers }: NewObject,
  pieces: AsyncIterable<Uint8Array>,
): Promise<void> {
  const part = Buffer.allocUnsafeSlow(Math.min(sizeBytes, PART_BYTES))
  if (sizeBytes <= PART_BYTES) {
    let filledBytes = 0
    for await (const piece of pieces) {
      part.set(piece, filledBytes)
      filledBytes += piece.length
    }
    await client.putObject(bucket, key, part, sizeBytes, { ...headers })
    return
  }
  const uploadId = await client.initiateNewMultipartUpload(bucket, key, { ...headers })
  const stored: { readonly part: number; readonly etag: string }[] = []
  for await (const bytes of inParts(pieces, part)) {
    const config = {
      bucketName: bucket,
      objectName: key,
      // The client writes it into the query as it is.
      uploadID: encodeURIComponent(uploadId),
      partNumber: stored.length + 1,
      headers: { 'content-md5': createHash('md5').update(bytes).digest('base64') },
    }
    const { etag } = await client.uploadPart(config, bytes)
    stored.push({ part: config.partNumber, etag })
  }
  await client.completeMultipartUpload(bucket, key, uploadId, stored)
}

/** The pieces in parts of equal size, all in the memory of `part`: whoever asks for the next is done with the last. */
async function* inParts(pieces: AsyncIterable<Uint8Array>, part: Buffer): AsyncGenerator<Buffer> {
  let filledBytes = 0
  for await (const piece of pieces) {
    for (let at = 0; at < piece.length; ) {
      const taken = piece.subarray(at, at + part.length - filledBytes)
      part.set(taken, filledBytes)
      filledBytes += taken.length
      at += taken.length
      if (filledBytes < part.length) continue
      yield part
      filledBytes = 0
    }
  }
  if (filledBytes > 0) yield part.subarray(0, filledBytes)
}
