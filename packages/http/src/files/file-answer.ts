import { Readable } from 'node:stream'
import { type AttachmentContent, type ByteRange, contentDisposition } from '@daftari/application'
import type { Answer } from '../endpoint/answer.ts'
import type { HeaderName } from '../openapi/described-headers.ts'

/** What a file is handed out with. */
export const FILE_HEADERS: readonly HeaderName[] = [
  'ETag',
  'Content-Disposition',
  'Content-Security-Policy',
  'X-Content-Type-Options',
  'Accept-Ranges',
]

/** The tag of the bytes, which is that of no version: `If-Range` compares it. */
export function contentTag(sha256: string): string {
  return `"${sha256}"`
}

/**
 * The bytes of a file, to be saved and never shown: whatever is in it, no browser runs it. The first piece is read before
 * anything is answered, so that what fails at once is told as a problem.
 */
export async function fileAnswer(
  { attachment, content }: AttachmentContent,
  contentType: string,
  range: ByteRange | null = null,
): Promise<Answer> {
  const pieces = content[Symbol.asyncIterator]()
  const first = await pieces.next()
  const { fileName, sizeBytes, sha256 } = attachment
  return {
    status: range === null ? 200 : 206,
    headers: {
      'content-type': contentType,
      'content-length': `${range === null ? sizeBytes : range.length}`,
      'content-disposition': contentDisposition(fileName),
      'content-security-policy': "sandbox; default-src 'none'",
      'x-content-type-options': 'nosniff',
      'accept-ranges': 'bytes',
      etag: contentTag(sha256),
      ...(range === null ? {} : { 'content-range': contentRange(range, sizeBytes) }),
    },
    body: Readable.from(begunWith(first, pieces), { objectMode: false }),
  }
}

async function* begunWith(
  first: IteratorResult<Uint8Array>,
  rest: AsyncIterator<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  try {
    for (let piece = first; !piece.done; piece = await rest.next()) yield piece.value
  } finally {
    await rest.return?.()
  }
}

function contentRange({ offset, length }: ByteRange, sizeBytes: number): string {
  return `bytes ${offset}-${offset + length - 1}/${sizeBytes}`
}
