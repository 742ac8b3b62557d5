import type { FastifyInstance } from 'fastify'

export interface Health {
  /** Whether the service can take new requests. */
  readonly isReady: () => boolean | Promise<boolean>
}

/** Adds `/livez` and `/readyz`, which need no key. */
export function addHealth(instance: FastifyInstance, { isReady }: Health): void {
  instance.get('/livez', { schema: described('getLiveness', 'Check that the process runs') }, async () => ({
    status: 'live',
  }))
  const schema = described('getReadiness', 'Check that the service can take requests', {
    503: answer('The service cannot take requests now.'),
  })
  instance.get('/readyz', { schema }, async (_request, reply) => {
    const ready = await isReady()
    return reply.code(ready ? 200 : 503).send({ status: ready ? 'ready' : 'not ready' })
  })
}

function described(operationId: string, summary: string, more: object = {}): object {
  return {
    operationId,
    tags: ['Operations'],
    summary,
    security: [],
    response: { 200: answer('Yes.'), ...more },
  }
}

function answer(description: string): object {
  const schema = {
    type: 'object',
    properties: { status: { type: 'string' } },
    required: ['status'],
    additionalProperties: false,
  }
  return { description, content: { 'application/json': { schema } } }
}
