import { type Authenticate, openapiDocument, openOnLoopback } from '@daftari/http'
import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import type { FastifyInstance, FastifyPluginAsync } from 'fastify'

/** Adds `/docs`, the API documentation for people. */
export async function addDocuments(service: FastifyInstance, authenticate: Authenticate): Promise<void> {
  const document = await openapiDocument()
  const documents: FastifyPluginAsync = async (instance) => {
    await instance.register(swagger, { mode: 'static', specification: { document } })
    await instance.register(swaggerUi, {
      routePrefix: '/docs',
      uiHooks: { onRequest: openOnLoopback(authenticate) },
    })
  }
  await service.register(documents)
}
