import type { Fund, FundId } from '@daftari/domain'
import type { KeysetPage } from '../kernel/ports.ts'

export interface FundRepository {
  /** The fund, staged or stored; `null` where these books have none. */
  find(id: FundId): Promise<Fund | null>
  insert(fund: Fund): void
}

export interface FundQueries {
  /** `null` where these books have none. */
  find(ownerId: string, id: string): Promise<Fund | null>
  /** By id, oldest first. The sort key is the id. */
  list(ownerId: string, page: KeysetPage): Promise<readonly Fund[]>
}

/** What a transaction has of this context. */
export interface FundsTransaction {
  readonly funds: FundRepository
}

/** What can be read of this context. */
export interface FundsReads {
  readonly funds: FundQueries
}
