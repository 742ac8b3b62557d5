import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'

export interface OpenapiDocument {
  readonly openapi: string
  readonly info: { readonly title: string; readonly version: string }
  readonly paths: Readonly<Record<string, object>>
}

/** The document of `/v1/openapi.json` for a plugin without a prefix. A test compares it with the routes. */
export async function openapiDocument(): Promise<OpenapiDocument> {
  const path = createRequire(import.meta.url).resolve('@daftari/http/openapi.json')
  return JSON.parse(await readFile(path, 'utf8'))
}
