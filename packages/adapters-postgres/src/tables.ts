import type { AccessTables } from './access/tables.ts'
import type { DeliveryTables } from './delivery/tables.ts'
import type { FilesTables } from './files/tables.ts'
import type { HistoryTables } from './history/tables.ts'
import type { KernelTables } from './kernel/sql/kernel-tables.ts'
import type { PayablesTables } from './payables/tables.ts'
import type { SettingsTables } from './settings/tables.ts'
import type { SpendingTables } from './spending/tables.ts'

/** All tables with their columns as they are read. A test compares them with the schema. */
export interface Tables
  extends KernelTables,
    SpendingTables,
    PayablesTables,
    FilesTables,
    SettingsTables,
    AccessTables,
    DeliveryTables,
    HistoryTables {}
