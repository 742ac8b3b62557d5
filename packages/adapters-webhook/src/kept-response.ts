/** The beginning of an answer, as text that is safe to store and to show: 2 KiB of headers and body together at most. */
export interface KeptResponse {
  /** Names in lower case, one entry for each value. Cookies are left out. */
  readonly headers: readonly (readonly [name: string, value: string])[]
  readonly body: string
}

export const KEPT_BYTES = 2_048
/** Headers take half at most, so that there is room for what the server said. */
const HEADER_BYTES = KEPT_BYTES / 2

export function keptResponse(
  received: readonly (readonly [name: string, value: string])[],
  body: Uint8Array,
): KeptResponse {
  const headers: [string, string][] = []
  let left = HEADER_BYTES
  for (const [receivedName, receivedValue] of received) {
    if (left <= 0) break
    const name = cut(safeText(receivedName), left)
    if (name === 'set-cookie') continue
    left -= bytesOf(name)
    const value = cut(safeText(receivedValue), left)
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
