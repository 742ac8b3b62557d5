import type { Aggregates } from './aggregate.ts'
import type { ErrorMeanings } from './error-meaning.ts'

/** What one context adds to the books, said in one place. Its use cases stand beside it, in `use-cases.ts`. */
export interface Context {
  readonly aggregates: Aggregates
  readonly errors: Partial<ErrorMeanings>
}
