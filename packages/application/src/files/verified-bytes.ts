import { type Attachment, DomainError } from '@daftari/domain'
import type { Digest } from '../kernel/ports.ts'

/** This many bytes are held back until the hash is checked, so that a damaged file never looks complete. */
const HELD_BACK_BYTES = 64 * 1024

/**
 * The bytes of a file, compared with what the books say of it. The last 64 KiB come only after everything before them
 * was right: a file that is damaged ends in `file_damaged` and never looks complete.
 */
export async function* verifiedBytes(
  pieces: AsyncIterable<Uint8Array>,
  { id, sha256, sizeBytes }: Pick<Attachment, 'id' | 'sha256' | 'sizeBytes'>,
  digest: Digest,
): AsyncGenerator<Uint8Array> {
  const held: Uint8Array[] = []
  let [heldBytes, seenBytes] = [0, 0]
  for await (const piece of pieces) {
    digest.update(piece)
    seenBytes += piece.length
    if (seenBytes > sizeBytes) break
    held.push(piece)
    heldBytes += piece.length
    for (
      let [first] = held;
      first !== undefined && heldBytes - first.length >= HELD_BACK_BYTES;
      [first] = held
    ) {
      held.shift()
      heldBytes -= first.length
      yield first
    }
  }
  if (seenBytes !== sizeBytes || digest.hex() !== sha256) {
    throw new DomainError('file_damaged', { attachmentId: id })
  }
  yield* held
}
