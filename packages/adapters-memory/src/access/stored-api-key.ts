import type { ApiKey, Instant } from '@daftari/domain'

/** A key with what is kept beside it. */
export interface StoredApiKey {
  readonly id: string
  readonly version: number
  readonly key: ApiKey
  readonly hash: string
  readonly lastUsedAt: Instant | null
}
