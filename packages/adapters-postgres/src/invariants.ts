import { accessInvariants } from './access/invariants.ts'
import { deliveryInvariants } from './delivery/invariants.ts'
import { filesInvariants } from './files/invariants.ts'
import { historyInvariants } from './history/invariants.ts'
import { idempotencyInvariants } from './kernel/idempotency/invariants.ts'
import type { ContextInvariants } from './kernel/invariants/context-invariants.ts'
import { payablesInvariants } from './payables/invariants.ts'
import { settingsInvariants } from './settings/invariants.ts'
import { spendingInvariants } from './spending/invariants.ts'

/** What every context knows of what must always hold, closed here. */
export const contextInvariants: readonly ContextInvariants[] = [
  spendingInvariants,
  payablesInvariants,
  filesInvariants,
  settingsInvariants,
  accessInvariants,
  historyInvariants,
  deliveryInvariants,
  idempotencyInvariants,
]
