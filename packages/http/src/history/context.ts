import type { HttpContext } from '../endpoint/http-context.ts'
import { eventEndpoints } from './event-endpoints.ts'
import { historyExamples } from './examples.ts'

export const history: HttpContext = {
  tags: [{ name: 'Events', description: 'The events of all records, for other systems.' }],
  examples: historyExamples,
  routes: (books) => [...eventEndpoints(books)],
}
