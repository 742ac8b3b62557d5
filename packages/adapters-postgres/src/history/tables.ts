import type { Instant } from '@daftari/domain'

export interface HistoryTables {
  'daftari.epoch': { id: string; since: Instant }
}
