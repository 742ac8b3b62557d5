import { EVENT_TYPES } from '@daftari/application'
import { categoryEvent } from '@daftari/testing'
import { type Probes, reads, txInserts } from '../support/probe.ts'

export const historyProbes: Probes = {
  'queries.history.list': reads(
    ({ ports, ownerId, theirs }) =>
      ports.queries.history.list(ownerId, 'invoice', theirs.invoice.id, { before: null, limit: 100 }),
    [],
  ),
  'queries.feed.list': reads(
    ({ ports, ownerId }) => ports.queries.feed.list(ownerId, { after: null, types: EVENT_TYPES, limit: 100 }),
    [],
  ),
  'tx.events.append': txInserts((tx, { unusedCategory }) =>
    tx.events.append([categoryEvent('category.deleted', { before: unusedCategory })]),
  ),
}
