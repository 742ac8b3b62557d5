/** By how many bytes follow the first, what the smallest code point is that needs them. */
const SMALLEST = [0, 0x80, 0x800, 0x1_0000] as const

/**
 * The text that the bytes are in UTF-8, without a byte order mark; `null` when they are none: an overlong form, half of
 * a surrogate pair, a sequence that breaks off. Only where the bytes are cut may the last character be incomplete.
 */
export function scanUtf8(bytes: Uint8Array, isCut: boolean): string | null {
  const hasMark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf
  let text = ''
  let at = hasMark ? 3 : 0
  while (at < bytes.length) {
    const first = bytes[at] ?? 0
    const following = followingBytes(first)
    if (following === null) return null
    let codePoint = following === 0 ? first : first & (0x3f >> following)
    for (let index = 1; index <= following; index += 1) {
      const byte = bytes[at + index]
      if (byte === undefined) return isCut ? text : null
      if ((byte & 0xc0) !== 0x80) return null
      codePoint = (codePoint << 6) | (byte & 0x3f)
    }
    if (!isScalar(codePoint, following)) return null
    text += String.fromCodePoint(codePoint)
    at += following + 1
  }
  return text
}

/** How many bytes belong to a character that begins so; `null` for a byte that begins none. */
function followingBytes(first: number): number | null {
  if (first < 0x80) return 0
  if ((first & 0xe0) === 0xc0) return 1
  if ((first & 0xf0) === 0xe0) return 2
  return (first & 0xf8) === 0xf0 ? 3 : null
}

function isScalar(codePoint: number, following: number): boolean {
  if (codePoint < (SMALLEST[following] ?? 0) || codePoint > 0x10_ffff) return false
  return codePoint < 0xd800 || codePoint > 0xdfff
}
