import type { Settings } from '@daftari/domain'
import { Table } from '../kernel/table.ts'

export interface SettingsBooks {
  /** At most one row, under the owner's id. */
  readonly settings: Table<Settings>
}

export function settingsBooks(): SettingsBooks {
  return { settings: new Table() }
}
