/** The beginning of an answer, as text that is safe to store and to show: 2 KiB of headers and body together at most. */
export interface KeptResponse {
  /** In the order in which they came, names in lower case. Cookies are left out. */
  readonly headers: readonly (readonly [name: string, value: string])[]
  readonly body: string
}

export const KEPT_BYTES = 2_048
/** Headers take half at most, so that there is room for what the server said. */
const HEADER_BYTES = KEPT_BYTES / 2

/** `rawHeaders` has names and values by turns. */
export function keptResponse(rawHeaders: readonly string[], body: Uint8Array): KeptResponse {
  const headers: [string, string][] = []
  let left = HEADER_BYTES
  for (let index = 0; index + 1 < rawHeaders.length && left > 0; index += 2) {
    const name = cut(safeText(rawHeaders[index] ?? '').toLowerCase(), left)
    if (name === 'set-cookie') continue
    left -= bytesOf(name)
    const value = cut(safeText(rawHeaders[index + 1] ?? ''), left)
    left -= bytesOf(value)
    headers.push([name, value])
  }
  const bodyBytes = KEPT_BYTES - (HEADER_BYTES - left)
  return { headers, body: cut(safeText(new TextDecoder().decode(body)), bodyBytes) }
}

// Controls (NUL cannot be stored, escapes colour terminals), and marks that turn the direction of a line.
const UNSAFE = /[^\P{C}\n\t]|[\u2028\u2029]/gu

function safeText(text: string): string {
  return text.replaceAll('\r\n', '\n').replaceAll(UNSAFE, '\uFFFD')
}

function bytesOf(text: string): number {
  return Buffer.byteLength(text)
}

/** The longest beginning of the text that has so many bytes in UTF-8. */
function cut(text: string, bytes: number): string {
  const { read } = new TextEncoder().encodeInto(text, new Uint8Array(bytes))
  return text.slice(0, read)
}
