import type { DomainErrorDetails } from '@daftari/domain'

/** The kind of a refusal, as a word. Each driver translates it: HTTP into a status number. */
export type RefusalStatus =
  | 'malformed'
  | 'absent'
  | 'conflict'
  | 'stale'
  | 'invalid'
  | 'version_missing'
  | 'oversized'
  | 'unsupported'
  | 'broken'
  | 'unavailable'
  | 'full'

export type ErrorMeaning<Details> = {
  readonly status: RefusalStatus
  readonly title: string
  /** What somebody who meets the code can do. */
  readonly remedy: string
  readonly details: readonly (keyof Details)[]
} & (IsAboutReference<Details> extends true ? ReferencePlace : NoPlace)

/** For a code about a reference that leads nowhere. */
interface ReferencePlace {
  /** Where in an input the reference stands, unless the details of the refusal say it. */
  readonly pointer: string
}

interface NoPlace {
  readonly pointer?: undefined
}

/** Details without any key have `string` as their keys. */
type IsAboutReference<Details> = string extends keyof Details
  ? false
  : 'pointer' extends keyof Details
    ? true
    : false

export type ErrorMeanings<Details = DomainErrorDetails> = {
  readonly [Code in keyof Details]: ErrorMeaning<Details[Code]>
}
