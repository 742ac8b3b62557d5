import { DomainError } from '@daftari/application'
import type { FastifyInstance } from 'fastify'
import { readJson } from './json-text.ts'

const BODY_LIMIT = 1024 * 1024

/** From here on, this instance takes JSON and nothing else. */
export function takeJson(instance: FastifyInstance): void {
  take(instance, 'application/json', readJson)
}

/** From here on, this instance takes CSV and nothing else. */
export function takeCsv(instance: FastifyInstance): void {
  take(instance, 'text/csv', readText)
}

function take(instance: FastifyInstance, type: string, read: (bytes: Uint8Array) => unknown): void {
  instance.removeAllContentTypeParsers()
  instance.addContentTypeParser(
    type,
    { parseAs: 'buffer', bodyLimit: BODY_LIMIT },
    async (_request: unknown, bytes: Buffer) => read(bytes),
  )
}

function readText(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch (cause) {
    const detail = 'the text is not UTF-8'
    throw new DomainError(
      'validation_failed',
      { errors: [{ pointer: '', code: 'text_invalid', detail }] },
      { cause },
    )
  }
}
