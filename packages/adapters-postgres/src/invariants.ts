import * as contexts from './context-list.ts'
import { idempotencyInvariants } from './kernel/idempotency/invariants.ts'
import type { ContextInvariants } from './kernel/invariants/context-invariants.ts'

/** The invariants of all contexts, as a complete list. */
export const contextInvariants: readonly ContextInvariants[] = [
  ...Object.values(contexts).map(({ invariants }) => invariants),
  idempotencyInvariants,
]
