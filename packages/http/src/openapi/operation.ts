import type { FastifySchema } from 'fastify'
import '@fastify/swagger'
import type { z } from 'zod'
import type { Endpoint } from '../endpoint/endpoint.ts'
import { inputSchema, type JsonSchema } from './json-schema.ts'
import { responses } from './responses.ts'

/** The description of an endpoint in the document. Fastify does not validate requests with it; the use cases validate. */
export function operation<Query extends z.ZodObject, Body>(endpoint: Endpoint<Query, Body>): FastifySchema {
  const { operationId, tag, summary, description, path, query, body, takesCsv, takesFile, scope } = endpoint
  const headers = headersOf(endpoint)
  return {
    operationId,
    tags: [tag],
    summary,
    description: [description, `Needs the scope \`${scope}\`.`]
      .filter((line) => line !== undefined)
      .join('\n\n'),
    ...(takesCsv ? { consumes: ['text/csv'] } : {}),
    ...(takesFile ? { consumes: ['multipart/form-data'], body: FILE_FORM } : {}),
    ...(path.includes(':id') ? { params: pathSchema(path) } : {}),
    ...(query === undefined ? {} : { querystring: querySchema(query, endpoint.lists ?? []) }),
    ...(body === undefined ? {} : { body: inputSchema(body) }),
    ...(headers === null ? {} : { headers }),
    response: responses(endpoint),
  }
}

function pathSchema(path: string): JsonSchema {
  const id: JsonSchema = { type: 'string', format: 'uuid', description: 'The id of the record.' }
  if (!path.includes(':partId')) return { type: 'object', properties: { id }, required: ['id'] }
  const partId: JsonSchema = { ...id, description: 'The id of the part of the record.' }
  return { type: 'object', properties: { id, partId }, required: ['id', 'partId'] }
}

function querySchema(query: z.ZodObject, lists: readonly string[]): JsonSchema {
  const { properties = {}, ...rest } = inputSchema(query)
  const written = Object.entries(properties).map(([name, schema]) => {
    if (!lists.includes(name) || typeof schema === 'boolean') return [name, schema]
    return [name, { type: 'string', description: 'One value, or several separated by commas.' }]
  })
  return { ...rest, properties: Object.fromEntries(written) }
}

function headersOf<Query extends z.ZodObject, Body>({
  method,
  current,
  isVersionOptional = false,
}: Endpoint<Query, Body>): object | null {
  const key = method === 'POST' ? { 'Idempotency-Key': IDEMPOTENCY_KEY } : {}
  const match = current === undefined ? {} : { 'If-Match': IF_MATCH }
  const required = current === undefined || isVersionOptional ? [] : ['If-Match']
  const properties = { ...key, ...match }
  return Object.keys(properties).length === 0 ? null : headers(properties, required)
}

function headers(properties: Readonly<Record<string, JsonSchema>>, required: readonly string[]): object {
  return { type: 'object', properties, required }
}

const FILE_FORM: JsonSchema = {
  type: 'object',
  properties: { file: { type: 'string', format: 'binary', description: 'The file.' } },
  required: ['file'],
  additionalProperties: false,
}

const IDEMPOTENCY_KEY: JsonSchema = {
  type: 'string',
  minLength: 1,
  maxLength: 255,
  description:
    'Makes the request repeatable: for 72 hours, a request with the same key and body gets the stored first answer.',
}

const IF_MATCH: JsonSchema = {
  type: 'string',
  description: 'The ETag of the version that you have read, or `*` for any version.',
  examples: ['"v1"'],
}
