import type { ApiKey, ApiKeyId, Instant, Owner } from '@daftari/domain'
import type { KeysetPage } from '../kernel/ports.ts'

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

export interface ApiKeyRepository {
  /** The key, also when it is revoked or expired. */
  find(id: ApiKeyId): Promise<ApiKey | null>
  /**
   * `hash` is all that is kept of the key's text. No two keys of all owners share one: a hash that is there already
   * is a defect of the caller and makes `transact` reject plainly.
   */
  insert(key: ApiKey, hash: string): void
  /** Leaves the hash and the last use as they are. */
  update(key: ApiKey, expectedVersion: number): void
}

export interface ApiKeyQueries {
  /** The owner's keys that were not revoked, expired ones included: newest id first; the sort key is the id. */
  list(ownerId: string, page: KeysetPage): Promise<readonly ApiKeyWithUse[]>
}

export interface ApiKeyWithUse {
  readonly key: ApiKey
  /** The latest moment that `KeyUses.note` was told, or `null`. */
  readonly lastUsedAt: Instant | null
}

export interface AccessQueries {
  /** The key whose text has exactly this hash, whoever it belongs to, also when it is revoked or expired. */
  findKeyByHash(hash: string): Promise<OwnedApiKey | null>
}

export interface OwnedApiKey extends ApiKeyWithUse {
  readonly ownerId: string
}

/** What a transaction has of this context. */
export interface AccessTransaction {
  readonly apiKeys: ApiKeyRepository
}

/** What can be read of this context. */
export interface AccessReads {
  readonly apiKeys: ApiKeyQueries
  /** The only one that looks across owners, to find out whose books a key opens. */
  readonly access: AccessQueries
}

export interface AccessPorts {
  readonly owners: Owners
  readonly keyUses: KeyUses
}
