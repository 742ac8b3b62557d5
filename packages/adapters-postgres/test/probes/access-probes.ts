import type { ApiKeyId } from '@daftari/domain'
import { aCategory, freshId } from '@daftari/testing'
import { NOW, PAGE, type Probes, reads, txInserts, txReads, txWrites } from '../support/probe.ts'

export const accessProbes: Probes = {
  'queries.apiKeys.list': reads(({ ports, ownerId }) => ports.queries.apiKeys.list(ownerId, PAGE), []),
  'keyUses.note': {
    call: ({ ports, ownerId, theirs }) => ports.keyUses.note(ownerId, theirs.keyId, NOW),
    nothing: () => undefined,
    needsWalls: true,
  },
  'tx.apiKeys.find': txReads((tx, { keyId }) => tx.apiKeys.find(keyId), null),
  'tx.apiKeys.insert': txInserts((tx, { keyId }) => tx.apiKeys.insert(aKey(keyId), freshId())),
  'tx.apiKeys.update': txWrites(
    (tx, { keyId }) => tx.apiKeys.update({ ...aKey(keyId), name: 'Taken', version: 2 }, 1),
    'concurrent_change',
  ),
}

function aKey(id: ApiKeyId) {
  const { version, createdAt, createdBy, updatedAt } = aCategory()
  return {
    id,
    name: 'mine',
    scopes: ['read'] as const,
    expiresAt: null,
    revokedAt: null,
    version,
    createdAt,
    createdBy,
    updatedAt,
  }
}
