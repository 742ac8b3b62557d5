import * as contexts from './context-list.ts'
import { idempotencyInvariants } from './kernel/idempotency/invariants.ts'
import type { ContextInvariants } from './kernel/invariants/context-invariants.ts'

/** What every context knows of what must always hold, closed here. */
export const contextInvariants: readonly ContextInvariants[] = [
  ...Object.values(contexts).map(({ invariants }) => invariants),
  idempotencyInvariants,
]
