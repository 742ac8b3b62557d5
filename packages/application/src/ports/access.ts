import type { ApiKeyId, Instant, Owner } from '@daftari/domain'
import type { KeysetPage } from './queries.ts'

/** Who keeps books here: for operators and the command line, above all owners. */
export interface Owners {
  /** Stores a new owner. An id that is there already is a defect of the caller and rejects plainly. */
  create(owner: Owner): Promise<void>
  find(id: string): Promise<Owner | null>
  /** Oldest id first; the sort key is the id. */
  list(page: KeysetPage): Promise<readonly Owner[]>
}

/** When keys were last used: a remark beside the key, which makes no version and no event. */
export interface KeyUses {
  /** Remembers the latest moment noted. A key that is not there is passed over. */
  note(ownerId: string, keyId: ApiKeyId, at: Instant): Promise<void>
}
