import type { FileHandle } from 'node:fs/promises'
import type { ByteRange } from '@daftari/application'

const PIECE_BYTES = 262_144

/** A part of an open file, which stays open. @throws Error when the file ends before the part does */
export async function* readPart(
  handle: FileHandle,
  { offset, length }: ByteRange,
): AsyncGenerator<Uint8Array> {
  const end = offset + length
  for (let at = offset; at < end; ) {
    const piece = Buffer.allocUnsafeSlow(Math.min(PIECE_BYTES, end - at))
    const { bytesRead } = await handle.read(piece, 0, piece.length, at)
    if (bytesRead === 0) throw new Error(`the file ends ${end - at} bytes too early`)
    yield piece.subarray(0, bytesRead)
    at += bytesRead
  }
}
