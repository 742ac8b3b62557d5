import type { Books } from '@daftari/application'
import type { FastifyInstance, FastifyPluginAsync } from 'fastify'
import { type Authenticate, admit } from './authentication/authentication.ts'
import { contexts } from './contexts.ts'
import { takeCsv, takeJson } from './endpoint/body-parsers.ts'
import type { Route } from './endpoint/route.ts'
import { closeSlowConnections, SENDER_LIMITS, type SenderLimits } from './endpoint/sender-limits.ts'
import { takeForms } from './files/multipart.ts'
import { addHealth, type Health } from './health/health-routes.ts'
import { addDocument, collectRoutes } from './openapi/document.ts'
import { answerError, answerNotFound } from './problem/answer-problem.ts'

export interface BooksPluginOptions {
  readonly books: Books
  readonly authenticate: Authenticate
  /** Adds `/livez` and `/readyz`. Leave it out when the host has its own health routes. */
  readonly health?: Health
  /** How slow the sender of a body may be, where it is not as slow as usual. */
  readonly senderLimits?: Partial<SenderLimits>
}

/**
 * A Fastify plugin that serves the books under `/v1`, below the prefix it is registered with. It changes nothing
 * outside its own context.
 * @example await app.register(booksPlugin, { prefix: '/money', books, authenticate })
 */
export const booksPlugin: FastifyPluginAsync<BooksPluginOptions> = async function booksPlugin(
  instance,
  { books, authenticate, health, senderLimits },
) {
  const limits = { ...SENDER_LIMITS, ...senderLimits }
  instance.setErrorHandler(answerError)
  // Fastify validates nothing here: the use cases validate the input, and views are serialised as they are.
  instance.setValidatorCompiler(() => () => true)
  instance.setSerializerCompiler(() => JSON.stringify)
  instance.addHook('onRequest', async (request, reply) => {
    reply.headers({ 'cache-control': 'no-store', 'x-request-id': request.id })
  })
  closeSlowConnections(instance, limits)
  await collectRoutes(instance)
  if (health !== undefined) addHealth(instance, health)
  const routes = contexts.flatMap((context) => context.routes(books))
  const openPart: FastifyPluginAsync = async (open) => {
    addDocument(open, authenticate)
    for (const { addOpenRoutes } of contexts) addOpenRoutes?.(open, books)
  }
  const formPart: FastifyPluginAsync = async (form) => {
    form.addHook('onRequest', (request) => admit(request, authenticate))
    await takeForms(form)
    for (const { takes, addTo } of routes) if (takes === 'file') addTo(form, limits)
  }
  const closedPart: FastifyPluginAsync = async (v1) => addEndpoints(v1, routes, authenticate, limits)
  await instance.register(openPart, { prefix: '/v1' })
  await instance.register(formPart, { prefix: '/v1' })
  await instance.register(closedPart, { prefix: '/v1' })
}

async function addEndpoints(
  v1: FastifyInstance,
  routes: readonly Route[],
  authenticate: Authenticate,
  limits: SenderLimits,
): Promise<void> {
  v1.addHook('onRequest', (request) => admit(request, authenticate))
  v1.setNotFoundHandler(answerNotFound)
  takeJson(v1, limits)
  for (const { takes, addTo } of routes) if (takes === 'json') addTo(v1, limits)
  const csvPart: FastifyPluginAsync = async (csv) => {
    takeCsv(csv)
    for (const { takes, addTo } of routes) if (takes === 'csv') addTo(csv, limits)
  }
  await v1.register(csvPart)
}
