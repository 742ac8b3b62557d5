import type { DomainErrorDetails } from '@daftari/domain'

/** Of what kind a refusal is, in a word that each way in turns into its own: HTTP into a number. */
export type RefusalStatus =
  | 'malformed'
  | 'absent'
  | 'conflict'
  | 'stale'
  | 'invalid'
  | 'version_missing'
  | 'unavailable'
  | 'full'

export interface ErrorMeaning<Details> {
  readonly status: RefusalStatus
  readonly title: string
  /** What somebody who meets the code can do. */
  readonly remedy: string
  readonly details: readonly (keyof Details)[]
}

export type ErrorMeanings<Details = DomainErrorDetails> = {
  readonly [Code in keyof Details]: ErrorMeaning<Details[Code]>
}
