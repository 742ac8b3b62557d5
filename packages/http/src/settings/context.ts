import type { HttpContext } from '../endpoint/http-context.ts'
import { settingsExamples } from './examples.ts'
import { settingsEndpoints } from './settings-endpoints.ts'

export const settings: HttpContext = {
  tags: [{ name: 'Settings', description: 'The settings of the owner.' }],
  examples: settingsExamples,
  routes: (books) => [...settingsEndpoints(books)],
}
