import type { ApiKey, ApiKeyId, Instant, Owner } from '@daftari/domain'
import type { KeysetPage } from '../kernel/ports.ts'

/** The owners, for operators and the command line. It works across all owners. */
export interface Owners {
  /**
   * Creates an owner. Refuses a second owner with the same id, with a plain error, and keeps the first, because that is
   * a defect of the caller. When the id already has records, they become records of the new owner.
   */
  create(owner: Owner): Promise<void>
  /** Gives `null` also for an owner that has records but was never created. */
  find(id: string): Promise<Owner | null>
  /** Lists owners by id, oldest first. The sort key is the id. */
  list(page: KeysetPage): Promise<readonly Owner[]>
}

/** The time of the last use of each key. A use makes no new version of the key and no event. */
export interface KeyUses {
  /** Keeps the latest use, in whatever order uses are noted. Ignores a use of a key that does not exist or belongs to another owner. */
  note(ownerId: string, keyId: ApiKeyId, at: Instant): Promise<void>
}

export interface ApiKeyRepository {
  /** Finds a key, even when it is revoked or expired, or gives `null`. */
  find(id: ApiKeyId): Promise<ApiKey | null>
  /**
   * Stores the key with the hash of its text; the text itself is never stored. A hash is unique across all owners. A
   * hash that already exists makes `transact` reject with a plain error, because that is a defect of the caller.
   */
  insert(key: ApiKey, hash: string): void
  /** Updates the key and keeps its hash and its last use. */
  update(key: ApiKey, expectedVersion: number): void
}

export interface ApiKeyQueries {
  /** Lists the keys of the owner that are not revoked, including expired ones, newest id first. The sort key is the id. */
  list(ownerId: string, page: KeysetPage): Promise<readonly ApiKeyWithUse[]>
}

export interface ApiKeyWithUse {
  readonly key: ApiKey
  /** The latest use that `KeyUses.note` stored, or `null` for an unused key. */
  readonly lastUsedAt: Instant | null
}

export interface AccessQueries {
  /** Finds a key of any owner by its exact hash, even when it is revoked or expired. */
  findKeyByHash(hash: string): Promise<OwnedApiKey | null>
}

export interface OwnedApiKey extends ApiKeyWithUse {
  readonly ownerId: string
}

/** The repositories of this context in a transaction. */
export interface AccessTransaction {
  readonly apiKeys: ApiKeyRepository
}

/** The queries of this context. */
export interface AccessReads {
  readonly apiKeys: ApiKeyQueries
  /** The only queries across owners. They find the owner of a key. */
  readonly access: AccessQueries
}

export interface AccessPorts {
  readonly owners: Owners
  readonly keyUses: KeyUses
}
