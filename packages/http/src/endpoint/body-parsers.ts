import type { Readable } from 'node:stream'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { WireRefusal } from '../problem/wire-refusal.ts'
import { readJson } from './json-text.ts'
import { type SenderLimits, SenderPace } from './sender-limits.ts'

const BODY_LIMIT = 1024 * 1024

/** Makes this instance accept JSON bodies only. */
export function takeJson(instance: FastifyInstance, limits: SenderLimits): void {
  instance.removeAllContentTypeParsers()
  instance.addContentTypeParser('application/json', async (request: FastifyRequest, sent: Readable) =>
    readJson(await wholeBody(request, sent, SenderPace.ofJson(limits))),
  )
}

/** @throws too_large, request_timeout */
async function wholeBody({ headers }: FastifyRequest, sent: Readable, pace: SenderPace): Promise<Buffer> {
  if (Number(headers['content-length']) > BODY_LIMIT) throw tooLarge()
  const pieces: Uint8Array[] = []
  let size = 0
  // Leaving early must not destroy the connection, because the refusal is still to be sent on it.
  for await (const piece of pace.watch(sent.iterator({ destroyOnReturn: false }))) {
    size += piece.length
    if (size > BODY_LIMIT) throw tooLarge()
    pieces.push(piece)
  }
  return Buffer.concat(pieces, size)
}

function tooLarge(): WireRefusal {
  return new WireRefusal('too_large', 'The body is larger than what is taken here.')
}

/** Makes this instance accept CSV bodies only. The handler reads the body as a stream, so there is no size limit here. */
export function takeCsv(instance: FastifyInstance): void {
  instance.removeAllContentTypeParsers()
  instance.addContentTypeParser('text/csv', async (_request: unknown, sent: unknown) => sent)
}
