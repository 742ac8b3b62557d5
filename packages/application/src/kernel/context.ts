import type { Aggregate, AnyEvent } from './aggregate.ts'
import type { ErrorMeanings } from './error-meaning.ts'

/** Everything that one context adds to the library, declared in one place. Its use cases are in its `use-cases.ts`. */
export interface Context<Added extends Additions> {
  readonly types: TypesOf<Added>
  /** One entry for each kind of record that has events. */
  readonly aggregates: {
    readonly [A in Added['event']['aggregateType']]: Aggregate<
      Extract<Added['event'], { readonly aggregateType: A }>
    >
  }
  readonly errors: Partial<ErrorMeanings>
}

/** The types that one context adds. */
export interface Additions {
  readonly event: AnyEvent
  /** The repositories of the context, by their name on a transaction. */
  readonly transaction: object
  /** The queries of the context, by name. */
  readonly reads: object
}

declare const added: unique symbol

/** Carries the types of a context to the complete lists in `contexts.ts`. It is empty at run time. */
export interface TypesOf<Added> {
  readonly [added]?: Added
}

export function typesOf<Added extends Additions>(): TypesOf<Added> {
  return {}
}

/** The `Additions` of a context. */
export type AddedBy<Given> = Given extends { readonly types: TypesOf<infer Added> } ? Added : never
