import { strict as assert } from 'node:assert'
import { createReadStream } from 'node:fs'
import { open, stat } from 'node:fs/promises'
import { createFolderFileStore } from '@daftari/adapters-storage'
import { fileKey } from '@daftari/domain'
import { risingIds, systemClock } from '@daftari/machine'

const RANGE_BYTES = 2 ** 20
const PIECE_BYTES = 262_144

/** Stores the file in a folder. Gives what reads it again, range after range, and says how many milliseconds it took. */
export async function readRanges(folder: string, path: string): Promise<() => Promise<number>> {
  const ids = risingIds(systemClock)
  const files = createFolderFileStore({ folder })
  await files.mark(ids.next())
  const file = await files.receive(createReadStream(path), Number.POSITIVE_INFINITY)
  assert.ok(file)
  const { sizeBytes } = file
  const key = fileKey(ids.next(), ids.next())
  await files.put(key, file, 'application/pdf')
  return async () => {
    const start = performance.now()
    let readBytes = 0
    for (let offset = 0; offset < sizeBytes; offset += RANGE_BYTES) {
      const pieces = await files.read(key, { offset, length: RANGE_BYTES })
      assert.ok(pieces)
      for await (const piece of pieces) readBytes += piece.length
    }
    assert.equal(readBytes, sizeBytes)
    return performance.now() - start
  }
}

/** How many milliseconds the file takes that is opened once and read piece by piece. */
export async function wholeFile(path: string): Promise<number> {
  const { size } = await stat(path)
  const start = performance.now()
  const handle = await open(path)
  try {
    let readBytes = 0
    while (readBytes < size) {
      const { bytesRead } = await handle.read(Buffer.allocUnsafeSlow(PIECE_BYTES), 0, PIECE_BYTES, readBytes)
      assert.ok(bytesRead > 0)
      readBytes += bytesRead
    }
  } finally {
    await handle.close()
  }
  return performance.now() - start
}
