import type { Owned, Recorded } from '../kernel/sql/kernel-tables.ts'

export interface FundsTables {
  'daftari.fund': Owned & Recorded & { id: string; name: string }
}
