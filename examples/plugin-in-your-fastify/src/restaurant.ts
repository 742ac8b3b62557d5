import type { Books, Scope } from '@daftari/application'
import booksPlugin from '@daftari/http'
import Fastify, { type FastifyInstance } from 'fastify'
import { authenticateStaff, type Person } from './staff.ts'

export interface RestaurantOptions {
  readonly books: Books
  readonly staff: readonly Person[]
  /** Whose books these are: any UUID, the same at every start. */
  readonly restaurantId: string
}

/** A server that had routes and errors of its own before, and has the books under `/money` now. */
export async function restaurant({
  books,
  staff,
  restaurantId,
}: RestaurantOptions): Promise<FastifyInstance> {
  const app = Fastify()
  app.setErrorHandler((error, _request, reply) => reply.code(500).send({ sorry: String(error) }))

  app.get('/menu', async () => ['Ugali', 'Nyama choma'])
  app.get('/broken', async () => {
    throw new Error('the stove is cold')
  })

  const authenticate = authenticateStaff(staff, restaurantId)
  await app.register(booksPlugin, { prefix: '/money', books, authenticate })

  // The same books without HTTP, for what the server itself wants to know.
  const house: Scope = { ownerId: restaurantId, actorId: 'restaurant' }
  app.get('/spent', async () => (await books.expenses.summarise(house)).total)
  return app
}
