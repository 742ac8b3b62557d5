import type { ContextInvariants } from '../kernel/invariants/context-invariants.ts'

export const filesInvariants: ContextInvariants = {
  unversioned: ['attachment'],
}
