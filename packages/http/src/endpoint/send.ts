import type { FastifyReply } from 'fastify'
import type { Answer } from './answer.ts'

export function send(reply: FastifyReply, { status, headers, body }: Answer): FastifyReply {
  reply.code(status).headers(headers)
  return body === null ? reply.send() : reply.send(body)
}
