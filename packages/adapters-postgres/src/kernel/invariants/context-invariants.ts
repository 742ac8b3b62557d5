export type Invariant = 'I1' | 'I2' | 'I3' | 'I5' | 'I8' | 'I9' | 'I10'

/** A condition of every check: `$1` is the owner whose books are looked at, or null for those of all. */
export function isOwnedBy(column: string): string {
  return `($1::uuid is null or ${column} = $1)`
}

/** What a context knows of what must always hold. Each text is a select, of the columns that are named. */
export interface ContextInvariants {
  /** I1: its records that have a version, as `owner_id, aggregate_type, aggregate_id, version`. */
  readonly records?: readonly string[]
  /** I1: its kinds of records that have events and no version. */
  readonly unversioned?: readonly string[]
  /** I5: the files that its records name, as `owner_id, subject, file`. */
  readonly namedFiles?: readonly string[]
  /** I9: what its records can be found by, as `owner_id, kind, id, day, field, word`. */
  readonly wantedWords?: readonly string[]
  /** I9: what the search has of them, in the same columns. */
  readonly enteredWords?: readonly string[]
  /** Violations, as `owner_id, subject, detail`: a record, and what is wrong with it. Each names its owner with `isOwnedBy`. */
  readonly violations?: Partial<Readonly<Record<Invariant, readonly string[]>>>
}
