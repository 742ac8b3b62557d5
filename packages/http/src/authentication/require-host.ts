import type { FastifyRequest } from 'fastify'
import { WireRefusal } from '../problem/wire-refusal.ts'

/**
 * An `onRequest` hook: HTTP/1.1 demands the header `Host`. Node refuses its absence without a body; with its option
 * `requireHostHeader: false` and this hook it is a problem like the others.
 */
export async function requireHost({ raw: { httpVersion, headers } }: FastifyRequest): Promise<void> {
  if (httpVersion === '1.1' && headers.host === undefined) {
    throw new WireRefusal('invalid_header', 'The header Host is missing.')
  }
}
