import type { HttpContext } from '../endpoint/http-context.ts'
import { settingsExamples } from './examples.ts'
import { settingsEndpoints } from './settings-endpoints.ts'

export const settings: HttpContext = {
  tags: [{ name: 'Settings', description: 'How the books are kept.' }],
  examples: settingsExamples,
  routes: (books) => [...settingsEndpoints(books)],
}
