import type { ApiKeyId, Instant, Owner } from '@daftari/domain'
import type { KeysetPage } from './queries.ts'

/** Who keeps books here: for operators and the command line, above all owners. */
export interface Owners {
  /**
   * Stores a new owner. An id that is there already is a defect of the caller, rejects plainly and leaves the first.
   * Books may have been written in before: they become the owner's, with all that is in them.
   */
  create(owner: Owner): Promise<void>
  /** `null` also where books were written in of which nobody was made the owner. */
  find(id: string): Promise<Owner | null>
  /** Oldest id first; the sort key is the id. */
  list(page: KeysetPage): Promise<readonly Owner[]>
}

/** When keys were last used: a remark beside the key, which makes no version and no event. */
export interface KeyUses {
  /** Remembers the latest moment noted, in whatever order they come. A key that is not the owner's is passed over. */
  note(ownerId: string, keyId: ApiKeyId, at: Instant): Promise<void>
}
