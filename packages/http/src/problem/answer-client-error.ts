import { randomUUID } from 'node:crypto'
import { maxHeaderSize, STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import type { ConnectionError, FastifyInstance } from 'fastify'
import { PROBLEM_TYPE } from './answer-problem.ts'
import { type ForeignRefusal, refusalWith } from './foreign-refusal.ts'
import { problem } from './problem.ts'

/** The method and the URL, up to the end of the line or of the received bytes. */
const REQUEST_LINE = /^[A-Z]{3,20} [^\r\n]*/

/**
 * A `clientErrorHandler` for Fastify: a request that Node cannot read (no HTTP, too large, too slow) is answered with a
 * problem, and its connection is closed. There is no request for Fastify yet, so no hook runs.
 */
export function answerClientError(this: FastifyInstance, error: ConnectionError, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return
  const { code, detail } = refusalOf(error)
  const answer = problem(code, detail)
  const requestId = randomUUID()
  // Logs the code only: the error object holds the received bytes, and with them the caller's key.
  this.log.debug({ reqId: requestId, code: error.code }, answer.title)
  const body = JSON.stringify({ ...answer, instance: '', requestId })
  const head = [
    `HTTP/1.1 ${answer.status} ${STATUS_CODES[answer.status]}`,
    `Content-Type: ${PROBLEM_TYPE}`,
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Cache-Control: no-store',
    `X-Request-Id: ${requestId}`,
    'Connection: close',
  ]
  if (socket.writable) socket.write(`${head.join('\r\n')}\r\n\r\n${body}`)
  socket.destroy(error)
}

function refusalOf(error: ConnectionError): ForeignRefusal {
  if (error.code === 'ERR_HTTP_REQUEST_TIMEOUT') return refusalWith('request_timeout')
  if (error.code === 'HPE_CHUNK_EXTENSIONS_OVERFLOW') return refusalWith('too_large')
  if (error.code !== 'HPE_HEADER_OVERFLOW')
    return refusalWith('invalid_header', 'The request is not valid HTTP/1.1.')
  return refusalWith(isUrlTooLong(error) ? 'url_too_long' : 'headers_too_large')
}

/** Node has one limit for the URL and the headers together, and does not say which one exceeded it. */
function isUrlTooLong({ rawPacket }: { readonly rawPacket?: unknown }): boolean {
  if (!Buffer.isBuffer(rawPacket)) return false
  const [line = ''] = REQUEST_LINE.exec(rawPacket.toString('latin1')) ?? []
  return line.length > 0 && (line.length === rawPacket.length || line.length >= maxHeaderSize)
}
