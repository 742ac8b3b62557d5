import type { ApiKey, Instant } from '@daftari/domain'

/** A key with its hash and its last use. */
export interface StoredApiKey {
  readonly id: string
  readonly version: number
  readonly key: ApiKey
  readonly hash: string
  readonly lastUsedAt: Instant | null
}
