import type { FastifyInstance } from 'fastify'
import { readJson } from './json-text.ts'

const BODY_LIMIT = 1024 * 1024

/** From here on, this instance takes JSON and nothing else. */
export function takeJson(instance: FastifyInstance): void {
  instance.removeAllContentTypeParsers()
  instance.addContentTypeParser(
    'application/json',
    { parseAs: 'buffer', bodyLimit: BODY_LIMIT },
    async (_request: unknown, bytes: Buffer) => readJson(bytes),
  )
}

/** From here on, this instance takes CSV only, of any size. The handler reads the body as a stream. */
export function takeCsv(instance: FastifyInstance): void {
  instance.removeAllContentTypeParsers()
  instance.addContentTypeParser('text/csv', async (_request: unknown, sent: unknown) => sent)
}
