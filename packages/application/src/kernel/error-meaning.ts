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
  /** What the caller can do about the error. */
  readonly remedy: string
  readonly details: readonly (keyof Details)[]
} & (IsAboutReference<Details> extends true ? ReferencePlace : NoPlace)

/** For an error code about a reference to a record that does not exist. */
interface ReferencePlace {
  /** The pointer to the reference inside the input, unless the details of the error contain it. */
  readonly pointer: string
}

interface NoPlace {
  readonly pointer?: undefined
}

/** True when the details have a `pointer`. For details without any key, `keyof` is `string`, which must not count. */
type IsAboutReference<Details> = string extends keyof Details
  ? false
  : 'pointer' extends keyof Details
    ? true
    : false

export type ErrorMeanings<Details = DomainErrorDetails> = {
  readonly [Code in keyof Details]: ErrorMeaning<Details[Code]>
}
