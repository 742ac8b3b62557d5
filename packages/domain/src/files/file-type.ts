import { scanUtf8 } from './scan-utf8.ts'
import { isPlainXml } from './xml-head.ts'

/** The kinds of file that prove an expense or an invoice. */
export const FILE_TYPES = [
  'application/pdf',
  'image/png',
  'image/jpeg',
  'image/webp',
  'image/tiff',
  'application/xml',
] as const
export type FileType = (typeof FILE_TYPES)[number]

/** How many bytes of a file its kind is told by. */
export const FILE_HEAD_BYTES: number = 4_096

/** What stands at which place of a file of the kind. */
type Signature = readonly (readonly [offset: number, bytes: readonly number[]])[]

const signatures: readonly (readonly [FileType, Signature])[] = [
  ['application/pdf', [[0, ascii('%PDF-')]]],
  ['image/png', [[0, [0x89, ...ascii('PNG'), 0x0d, 0x0a, 0x1a, 0x0a]]]],
  ['image/jpeg', [[0, [0xff, 0xd8, 0xff]]]],
  [
    'image/webp',
    [
      [0, ascii('RIFF')],
      [8, ascii('WEBP')],
    ],
  ],
  ['image/tiff', [[0, [...ascii('II'), 0x2a, 0x00]]]],
  ['image/tiff', [[0, [...ascii('MM'), 0x00, 0x2a]]]],
]

/**
 * The kind of a file, told by its first `FILE_HEAD_BYTES` bytes (all of them, when it has fewer) and by nothing that
 * was said about it. Signatures count at the very beginning only: a file that is two kinds at once hides one of them
 * behind the other. `null` for a kind that is not taken.
 */
export function fileTypeOf(head: Uint8Array): FileType | null {
  const begins = ([offset, bytes]: Signature[number]): boolean =>
    bytes.every((byte, index) => head[offset + index] === byte)
  const signed = signatures.find(([, signature]) => signature.every(begins))
  if (signed !== undefined) return signed[0]
  const text = scanUtf8(head.subarray(0, FILE_HEAD_BYTES), head.length >= FILE_HEAD_BYTES)
  return text !== null && isPlainXml(text) ? 'application/xml' : null
}

function ascii(text: string): number[] {
  return [...text].map((character) => character.charCodeAt(0))
}
