import type { ContextInvariants } from '../kernel/invariants/context-invariants.ts'

export const accessInvariants: ContextInvariants = {
  records: [`select owner_id, 'api_key' as aggregate_type, id as aggregate_id, version from daftari.api_key`],
}
