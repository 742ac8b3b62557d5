import type { HttpContext } from '../endpoint/http-context.ts'
import { eventEndpoints } from './event-endpoints.ts'
import { historyExamples } from './examples.ts'

export const history: HttpContext = {
  tags: [{ name: 'Events', description: 'What happened, for other systems.' }],
  examples: historyExamples,
  routes: (books) => [...eventEndpoints(books)],
}
