import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'

export interface OpenapiDocument {
  readonly openapi: string
  readonly info: { readonly title: string; readonly version: string }
  readonly paths: Readonly<Record<string, object>>
}

/** What `/v1/openapi.json` says where the books stand at the root. A test holds it to the routes. */
export async function openapiDocument(): Promise<OpenapiDocument> {
  const path = createRequire(import.meta.url).resolve('@daftari/http/openapi.json')
  return JSON.parse(await readFile(path, 'utf8'))
}
