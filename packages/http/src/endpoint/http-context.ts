import type { Books } from '@daftari/application'
import type { FastifyInstance } from 'fastify'
import type { Route } from './route.ts'

/** Everything that one context adds to the HTTP service. */
export interface HttpContext {
  /** The tags that group its operations in the OpenAPI document. */
  readonly tags: readonly { readonly name: string; readonly description: string }[]
  /** One example of each of its schemas, by title. */
  readonly examples: Readonly<Record<string, object>>
  readonly routes: (books: Books) => readonly Route[]
  /** Routes that need no key. */
  readonly addOpenRoutes?: (instance: FastifyInstance, books: Books) => void
}
