import type { Books } from '@daftari/application'
import type { FastifyInstance } from 'fastify'
import type { Route } from './route.ts'

/** What one context adds to the service. */
export interface HttpContext {
  /** The headings of its operations in the document. */
  readonly tags: readonly { readonly name: string; readonly description: string }[]
  /** One example of each of its schemas, by title. */
  readonly examples: Readonly<Record<string, object>>
  readonly routes: (books: Books) => readonly Route[]
  /** Routes that need no key. */
  readonly addOpenRoutes?: (instance: FastifyInstance, books: Books) => void
}
