import type { Instant } from '@daftari/domain'
import type { Owned } from '../kernel/sql/kernel-tables.ts'

export interface SettingsTables {
  'daftari.settings': Owned & {
    version: number
    time_zone: string
    base_currency: string
    min_minor: bigint
    max_minor: bigint
    critical_days: number
    high_days: number
    medium_days: number
    max_categories: number
    created_at: Instant | null
    created_by: string | null
    updated_at: Instant | null
  }
}
