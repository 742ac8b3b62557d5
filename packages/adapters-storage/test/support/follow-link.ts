import type { LinkedFile } from '@daftari/testing'

/** As a browser does that saves what it gets. */
export async function followLink(url: string): Promise<LinkedFile | null> {
  const response = await fetch(url, { headers: { connection: 'close' } })
  const bytes = new Uint8Array(await response.arrayBuffer())
  if (!response.ok) return null
  const disposition = response.headers.get('content-disposition') ?? ''
  const escaped = /^attachment;.*filename\*=UTF-8''([^;]+)$/.exec(disposition)?.[1]
  return {
    contentType: response.headers.get('content-type') ?? '',
    fileName: escaped === undefined ? null : decodeURIComponent(escaped),
    bytes,
  }
}
