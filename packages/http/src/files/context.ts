import type { HttpContext } from '../endpoint/http-context.ts'
import { attachmentEndpoints } from './attachment-endpoints.ts'
import { filesExamples } from './examples.ts'
import { addFileLinks } from './file-links.ts'

export const files: HttpContext = {
  tags: [{ name: 'Attachments', description: 'The files that prove what was spent and what must be paid.' }],
  examples: filesExamples,
  routes: (books) => [...attachmentEndpoints(books)],
  addOpenRoutes: addFileLinks,
}
