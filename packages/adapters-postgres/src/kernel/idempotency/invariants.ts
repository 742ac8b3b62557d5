import { type ContextInvariants, isOwnedBy } from '../invariants/context-invariants.ts'

/** Stored answers must be deleted at most one hour after they expire. */
const ANSWERS_GONE = `
  select owner_id, 'key ' || key as subject, 'should have been forgotten since ' || expires_at as detail
  from daftari.idempotency where ${isOwnedBy('owner_id')} and expires_at < now() - interval '1 hour'`

export const idempotencyInvariants: ContextInvariants = {
  violations: { I8: [ANSWERS_GONE] },
}
