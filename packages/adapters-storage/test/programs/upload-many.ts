// upload-many.ts STORE COUNT FILE: stores the file so many times at once, after a part of it that warms up. STORE is the
// JSON of the options of a folder or of S3. Prints JSON: how long it took, and how far the resident memory grew.

import { open } from 'node:fs/promises'
import { fileKey } from '@daftari/domain'
import { freshId } from '@daftari/testing'
import { createFolderFileStore, createS3FileStore } from '../../src/index.ts'

const [store = '{}', count = '', path = ''] = process.argv.slice(2)
const options = JSON.parse(store)
const files = 'folder' in options ? createFolderFileStore(options) : createS3FileStore(options)
const SAMPLE_MS = 5
const PIECE_BYTES = 65_536
/** A part of S3 and some more. */
const WARM_UP_BYTES = 6 * 2 ** 20

/** In memory that is used again for each piece: what the sender needs is not the store's. */
async function* pieces(limitBytes: number): AsyncGenerator<Uint8Array> {
  const handle = await open(path)
  const piece = Buffer.alloc(PIECE_BYTES)
  try {
    for (let at = 0; at < limitBytes; ) {
      const { bytesRead } = await handle.read(piece, 0, Math.min(piece.length, limitBytes - at), at)
      if (bytesRead === 0) return
      yield piece.subarray(0, bytesRead)
      at += bytesRead
    }
  } finally {
    await handle.close()
  }
}

async function upload(limitBytes = Number.MAX_SAFE_INTEGER): Promise<void> {
  const file = await files.receive(pieces(limitBytes), limitBytes)
  if (file === null) throw new Error('the file is taken for too large')
  await files.put(fileKey(freshId(), freshId()), file, 'application/pdf')
}

await files.mark(freshId())
await upload(WARM_UP_BYTES)
const beforeBytes = process.memoryUsage.rss()
let peakBytes = beforeBytes
const sampling = setInterval(() => {
  peakBytes = Math.max(peakBytes, process.memoryUsage.rss())
}, SAMPLE_MS)
const start = performance.now()
await Promise.all(Array.from({ length: Number(count) }, () => upload()))
const elapsedMs = performance.now() - start
clearInterval(sampling)
await files.close()
console.log(JSON.stringify({ elapsedMs, growthBytes: peakBytes - beforeBytes }))
