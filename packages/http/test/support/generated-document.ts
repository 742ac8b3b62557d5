import { createBooks } from '@daftari/application'
import { createMemoryAdapters } from '@daftari/testing'
import Fastify from 'fastify'
import plugin from '../../src/index.ts'

/** What the plugin says about itself at the root of a host. */
export async function generatedDocument() {
  const app = Fastify()
  const books = createBooks(createMemoryAdapters())
  await app.register(plugin, { books, authenticate: () => null, health: { isReady: () => true } })
  const { body } = await app.inject('/v1/openapi.json')
  await app.close()
  return JSON.parse(body)
}
