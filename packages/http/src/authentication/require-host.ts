import type { FastifyRequest } from 'fastify'
import { WireRefusal } from '../problem/wire-refusal.ts'

/**
 * An `onRequest` hook that refuses HTTP/1.1 requests without the header `Host`. Node itself would refuse them with an
 * empty body. With the option `requireHostHeader: false` and this hook, the answer is a problem like every other
 * refusal.
 */
export async function requireHost({ raw: { httpVersion, headers } }: FastifyRequest): Promise<void> {
  if (httpVersion === '1.1' && headers.host === undefined) {
    throw new WireRefusal('invalid_header', 'The header Host is missing.')
  }
}
