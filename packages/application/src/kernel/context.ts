import type { Aggregate, AnyEvent } from './aggregate.ts'
import type { ErrorMeanings } from './error-meaning.ts'

/** What one context adds to the books, said in one place. Its use cases stand beside it, in `use-cases.ts`. */
export interface Context<Added extends Additions> {
  readonly types: TypesOf<Added>
  /** One for each kind of record that has events. */
  readonly aggregates: {
    readonly [A in Added['event']['aggregateType']]: Aggregate<
      Extract<Added['event'], { readonly aggregateType: A }>
    >
  }
  readonly errors: Partial<ErrorMeanings>
}

/** The types that one context adds to those of the books. */
export interface Additions {
  readonly event: AnyEvent
  /** Its repositories, by their name on a transaction. */
  readonly transaction: object
  /** Its queries, by their name. */
  readonly reads: object
}

declare const added: unique symbol

/** Carries types to where the lists are closed. At run time there is nothing in it. */
export interface TypesOf<Added> {
  readonly [added]?: Added
}

export function typesOf<Added extends Additions>(): TypesOf<Added> {
  return {}
}

/** What `Context` adds. */
export type AddedBy<Given> = Given extends { readonly types: TypesOf<infer Added> } ? Added : never
