import type { HttpContext } from '../endpoint/http-context.ts'
import { apiKeyEndpoints } from './api-key-endpoints.ts'
import { accessExamples } from './examples.ts'

export const access: HttpContext = {
  tags: [{ name: 'API keys', description: 'Keys that give programs access to the books.' }],
  examples: accessExamples,
  routes: (books) => [...apiKeyEndpoints(books)],
}
