import type { Instant } from '../calendar/instant.ts'

/** The fields of every stored record. The owner is not one of them, because the owner follows from the books that the record is in. */
export interface Recorded {
  readonly version: number
  readonly createdAt: Instant
  readonly createdBy: string
  readonly updatedAt: Instant
}

export function firstVersion(at: Instant, by: string): Recorded {
  return { version: 1, createdAt: at, createdBy: by, updatedAt: at }
}

export function nextVersion<State extends Recorded>(state: State, at: Instant): State {
  return { ...state, version: state.version + 1, updatedAt: at }
}
