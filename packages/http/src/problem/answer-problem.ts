import { isDomainError } from '@daftari/application'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { type Problem, problem, problemOf } from './problem.ts'
import { WireRefusal } from './wire-refusal.ts'

export const PROBLEM_TYPE = 'application/problem+json'

/** The codes of refusals that may succeed a second later. */
export const RETRY_SOON: ReadonlySet<Problem['code']> = new Set<Problem['code']>([
  'idempotency_in_progress',
  'unavailable',
  'overloaded',
  'outcome_unknown',
])

/**
 * An error handler for Fastify, also for its `frameworkErrors`. Every error becomes a problem (RFC 9457). The details
 * of an unexpected error are logged and not sent.
 */
export function answerError(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const answer = problemOf(error)
  if (answer.status >= 500) request.log.error({ err: error }, answer.title)
  else if (!isOurs(error)) request.log.info(markOf(error), answer.title)
  return sendProblem(request, reply, answer)
}

function isOurs(error: unknown): boolean {
  return isDomainError(error) || error instanceof WireRefusal
}

/** Logs which component refused. The message is left out, because Fastify repeats the whole URL in it. */
function markOf(error: unknown): object {
  const { name, code } = error as { readonly name?: unknown; readonly code?: unknown }
  return { refusedWith: { name, code } }
}

/** A not-found handler for Fastify. */
export function answerNotFound(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  return sendProblem(request, reply, problem('not_found', 'There is no resource at this URL.'))
}

/** `members` are added after the members that every problem has. */
export function sendProblem(
  request: FastifyRequest,
  reply: FastifyReply,
  answer: Problem,
  members: Readonly<Record<string, unknown>> = {},
): FastifyReply {
  const { type, title, status, code, detail, errors } = answer
  const [instance] = request.url.split('?', 1)
  reply.headers({ 'cache-control': 'no-store', 'x-request-id': request.id })
  if (code === 'unauthenticated') reply.header('www-authenticate', 'Bearer')
  // The rest of the body is not waited for.
  if (code === 'request_timeout') reply.header('connection', 'close')
  if (RETRY_SOON.has(code)) reply.header('retry-after', '1')
  const body = { type, title, status, code, detail, instance, requestId: request.id, errors, ...members }
  // The body is sent as bytes, because Fastify would add a charset to text, and this media type has none.
  return reply
    .code(status)
    .type(PROBLEM_TYPE)
    .send(Buffer.from(JSON.stringify(body)))
}
