import type { ContextInvariants } from '../kernel/invariants/context-invariants.ts'

export const settingsInvariants: ContextInvariants = {
  // Settings begin at version 0, for which there is no event.
  records: [
    `select owner_id, 'settings' as aggregate_type, owner_id as aggregate_id, version
      from daftari.settings where version > 0`,
  ],
}
