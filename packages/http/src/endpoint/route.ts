import { Readable } from 'node:stream'
import { isDomainError, parseQuery, type Scope } from '@daftari/application'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { callerOf, demand } from '../authentication/authentication.ts'
import { sentFile } from '../files/multipart.ts'
import { operation } from '../openapi/operation.ts'
import { sendProblem } from '../problem/answer-problem.ts'
import { problemOf } from '../problem/problem.ts'
import { WireRefusal } from '../problem/wire-refusal.ts'
import { allowLongRequest } from './allow-long-request.ts'
import type { Answer, VersionedView } from './answer.ts'
import type { Call, Endpoint } from './endpoint.ts'
import { entityTag, preconditionOf } from './entity-tag.ts'
import { idempotencyKeyOf } from './idempotency-key.ts'
import { type QueryKinds, queryOf } from './query-string.ts'
import { send } from './send.ts'
import { type SenderLimits, SenderPace } from './sender-limits.ts'
import { type SpooledText, spoolText } from './spool-text.ts'

/** The size limit of a CSV body: room for some millions of rows. */
const MOST_CSV = 256 * 1024 * 1024

/** The kind of body. Each kind has its own parser, in its own part of the plugin. */
export type Takes = 'json' | 'csv' | 'file'

/** An endpoint that can be added to a Fastify instance. */
export interface Route {
  readonly takes: Takes
  readonly addTo: (instance: FastifyInstance, limits: SenderLimits) => void
}

export function route<Query extends z.ZodObject, Body>(endpoint: Endpoint<Query, Body>): Route {
  const { method, path, scope, takesCsv = false, takesFile = false } = endpoint
  async function handle(
    request: FastifyRequest,
    reply: FastifyReply,
    limits: SenderLimits,
  ): Promise<FastifyReply> {
    const call = callOf(endpoint, request, limits)
    const spooled =
      takesCsv && request.body instanceof Readable
        ? await spoolText(request.body, MOST_CSV, SenderPace.ofBytes(limits))
        : null
    try {
      const carriedOut = spooled === null ? endpoint.handle(call) : handleText(request, call, spooled)
      return send(reply, await carriedOut)
    } catch (error) {
      if (!isDomainError(error, 'concurrent_change') || endpoint.current === undefined) throw error
      return sendStale(request, reply, error, await endpoint.current.read(call))
    } finally {
      await spooled?.discard()
    }
  }
  function handleText(
    request: FastifyRequest,
    call: Call<z.output<Query>, Body>,
    { text }: SpooledText,
  ): Promise<Answer> {
    return allowLongRequest(request, () => endpoint.handle({ ...call, csv: text }))
  }
  return {
    takes: takesCsv ? 'csv' : takesFile ? 'file' : 'json',
    addTo(instance, limits) {
      const onRequest = async (request: FastifyRequest): Promise<void> => demand(request, scope)
      const handler = (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> =>
        handle(request, reply, limits)
      instance.route({ method, url: path, onRequest, schema: operation(endpoint), handler })
    },
  }
}

const noQuery = z.strictObject({})

function callOf<Query extends z.ZodObject, Body>(
  { method, query, lists, flags, numbers, body, takesCsv, current }: Endpoint<Query, Body>,
  request: FastifyRequest,
  limits: SenderLimits,
): Call<z.output<Query>, Body> {
  const version = current === undefined ? undefined : preconditionOf(request.headers['if-match'])
  const call = {
    scope: scopeOf(request, method === 'POST'),
    id: idOf(request.params, 'id'),
    partId: idOf(request.params, 'partId'),
    query: queryIn(query, request.url, { lists, flags, numbers }),
    body: (takesCsv ? '' : request.body) as Body,
    csv: '',
    file: () => sentFile(request, SenderPace.ofBytes(limits)),
    headers: request.headers,
    origin: `${request.protocol}://${request.host}`,
    precondition: version === undefined ? {} : { version },
    url: request.routeOptions.url ?? '',
  }
  if (body !== undefined && call.body === undefined) {
    throw new WireRefusal('malformed_json', 'The body is missing.')
  }
  return call
}

/** Parses the query. A bad query is refused before any use case runs. */
function queryIn<Query extends z.ZodObject>(
  query: Query | undefined,
  url: string,
  kinds: QueryKinds,
): z.output<Query> {
  return parseQuery(query ?? noQuery, queryOf(url, kinds)) as z.output<Query>
}

function scopeOf(request: FastifyRequest, isPost: boolean): Scope {
  const { ownerId, actorId } = callerOf(request)
  const scope = { ownerId, actorId, requestId: request.id }
  const key = isPost ? idempotencyKeyOf(request.headers['idempotency-key']) : undefined
  return key === undefined ? scope : { ...scope, idempotencyKey: key }
}

function idOf(params: unknown, name: string): string {
  const named: Record<string, unknown> = typeof params === 'object' && params !== null ? { ...params } : {}
  const id = named[name]
  return typeof id === 'string' ? id : ''
}

function sendStale(
  request: FastifyRequest,
  reply: FastifyReply,
  error: unknown,
  current: VersionedView,
): FastifyReply {
  reply.header('etag', entityTag(current.version))
  return sendProblem(request, reply, problemOf(error), { current })
}
