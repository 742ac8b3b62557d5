import swagger from '@fastify/swagger'
import type { FastifyInstance } from 'fastify'
import type { Authenticate } from '../authentication/authentication.ts'
import { openOnLoopback } from '../authentication/open-on-loopback.ts'
import { contexts } from '../contexts.ts'
import { withComponents } from './components.ts'
import { refusalResponses } from './responses.ts'

const info = {
  title: 'Daftari',
  version: '1',
  description: [
    'Records the money that an organisation pays out, with exact amounts.',
    'Amounts are strings. Unknown fields and parameters are refused. Every refusal is a problem (RFC 9457).',
  ].join('\n\n'),
}

const tags = [
  ...contexts.flatMap((context) => context.tags),
  { name: 'Operations', description: 'The state of the service.' },
]

// A name of our own, so that it does not collide with the `swagger` decorator of the host.
const DECORATOR = 'describeBooks'

/** Collects the routes that are added to this instance from now on. */
export async function collectRoutes(instance: FastifyInstance): Promise<void> {
  await instance.register(swagger, {
    decorator: DECORATOR as 'swagger',
    convertConstToEnum: false,
    openapi: {
      openapi: '3.1.0',
      info,
      tags,
      security: [{ key: [] }],
      components: {
        securitySchemes: {
          key: { type: 'http', scheme: 'bearer', description: 'An API key or an access token.' },
        },
      },
    },
    // The only wildcard route: a token can be longer than the host allows for a path parameter.
    transform: ({ schema, url }) => ({ schema, url: url.replace(/\*$/, ':token') }),
    transformObject: (documents) =>
      'openapiObject' in documents ? withComponents(documents.openapiObject) : {},
  })
}

/** Adds `/openapi.json`. Requests from this machine need no key. */
export function addDocument(instance: FastifyInstance, authenticate: Authenticate): void {
  const schema = {
    operationId: 'getOpenapi',
    tags: ['Operations'],
    summary: 'This document',
    description: 'Requests from this machine need no key. Other requests need the scope `admin`.',
    response: {
      ...refusalResponses(['unauthenticated', 'scope_missing']),
      200: { description: 'OpenAPI 3.1.', content: { 'application/json': { schema: { type: 'object' } } } },
    },
  }
  instance.get(
    '/openapi.json',
    { schema, onRequest: openOnLoopback(authenticate) },
    async (_request, reply) =>
      reply
        .type('application/json; charset=utf-8')
        .send(JSON.stringify(instance.getDecorator<() => object>(DECORATOR)())),
  )
}
