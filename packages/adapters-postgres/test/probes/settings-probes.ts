import { defaultSettings } from '@daftari/domain'
import { someSettings } from '@daftari/testing'
import { inTx, type Probes, txWrites } from '../support/probe.ts'

export const settingsProbes: Probes = {
  'queries.settings.get': {
    call: ({ ports, ownerId }) => ports.queries.settings.get(ownerId),
    nothing: (ownerId) => defaultSettings(ownerId),
    needsWalls: true,
  },
  'tx.settings.get': {
    call: (trespass) => inTx(trespass, (tx) => tx.settings.get()),
    nothing: (ownerId) => defaultSettings(ownerId),
    needsWalls: true,
  },
  'tx.settings.update': txWrites(
    (tx, { ownerId }) => tx.settings.update(someSettings(ownerId, { maxCategories: 1, version: 2 }), 1),
    'concurrent_change',
  ),
}
