import type { ApiKey } from '@daftari/domain'
import { acceptingPlainly, called, onQueriesKnowing } from '../kernel/sabotage/constraints.ts'
import { leakingQuery, leakingRead, orTheirs, withTheirs } from '../kernel/sabotage/leaks.ts'
import type { Ledger, Trace } from '../kernel/sabotage/ledger.ts'
import { overlay, type Saboteur, type Saboteurs } from '../kernel/sabotage/overlay.ts'
import { onRepository, onTransactions } from '../kernel/sabotage/transactions.ts'
import { blindTo, lastWins } from '../kernel/sabotage/versions.ts'
import { toTheSecond } from '../spending/category-saboteurs.ts'

function finding(change: (key: ApiKey, now: number) => ApiKey | null): Saboteur {
  return onRepository('apiKeys', (apiKeys, _tx, _scope, { clock }) => ({
    async find(id) {
      const found = await apiKeys.find(id)
      return found === null ? null : change(found, clock.now())
    },
  }))
}

function hashesOf({ calls }: Trace): unknown[] {
  return calls.filter(({ method }) => method === 'apiKeys.insert').map(({ given }) => given[1])
}

/** Whether a stored transaction, of the owner or of another, has brought one of the hashes already. */
function isHashTaken(trace: Trace, ledger: Ledger, whose: 'own' | 'others'): boolean {
  const taken = ledger.stored
    .filter(({ ownerId }) => (ownerId === trace.ownerId) === (whose === 'own'))
    .flatMap(hashesOf)
  return hashesOf(trace).some((hash) => taken.includes(hash))
}

function wasChanged(ledger: Ledger, ownerId: string, { id }: ApiKey): boolean {
  return ledger.has('apiKeys.update', id, ownerId)
}

const rows: Saboteurs = {
  'finds an API key as it was stored, to the millisecond': finding((key) => ({
    ...key,
    expiresAt: key.expiresAt === null ? null : toTheSecond(key.expiresAt),
  })),

  'gives null for an API key that does not exist': onRepository('apiKeys', (apiKeys) => ({
    find: async (id) => (await apiKeys.find(id)) ?? (undefined as never),
  })),

  'finds an API key that the same transaction staged': onTransactions(() => {
    const staged = new Set<string>()
    return {
      wrap: ({ apiKeys }) => ({
        apiKeys: overlay(apiKeys, {
          insert(key, hash) {
            staged.add(key.id)
            apiKeys.insert(key, hash)
          },
          find: async (id) => (staged.has(id) ? null : apiKeys.find(id)),
        }),
      }),
    }
  }),

  'finds a revoked API key': finding((key) => (key.revokedAt === null ? key : null)),
  'finds an expired API key': finding((key, now) =>
    key.expiresAt === null || key.expiresAt > now ? key : null,
  ),

  'stores a change of an API key': onRepository('apiKeys', (apiKeys) => ({
    update: (key, version) => apiKeys.update({ ...key, updatedAt: key.createdAt }, version),
  })),

  'keeps the hash of an API key when the key is updated': onQueriesKnowing('access', (queries, ledger) => ({
    async findKeyByHash(hash) {
      const found = await queries.findKeyByHash(hash)
      const isLost =
        found !== null && found.key.revokedAt === null && wasChanged(ledger, found.ownerId, found.key)
      return isLost ? null : found
    },
  })),

  'keeps the last use of an API key when the key is updated': onQueriesKnowing(
    'apiKeys',
    (queries, ledger) => ({
      async list(ownerId, page) {
        const listed = await queries.list(ownerId, page)
        return listed.map((row) =>
          wasChanged(ledger, ownerId, row.key) ? { ...row, lastUsedAt: null } : row,
        )
      },
    }),
  ),
}

const constraints: Saboteurs = {
  'refuses two API keys of one transaction with the same hash, with a plain error': acceptingPlainly(
    (trace) => new Set(hashesOf(trace)).size < hashesOf(trace).length,
  ),
  'refuses an API key with the hash of a stored one, with a plain error': acceptingPlainly(
    (trace, ledger) => !trace.isContended && isHashTaken(trace, ledger, 'own'),
  ),
  'refuses an API key with the hash of a key of another owner, with a plain error': acceptingPlainly(
    (trace, ledger) => isHashTaken(trace, ledger, 'others'),
  ),
  'accepts one of two API keys that take the same hash concurrently': acceptingPlainly(
    (trace) => trace.isContended && called(trace, 'apiKeys.insert'),
  ),
  'refuses to update an API key with a stale version': blindTo('apiKeys', 'update', 'stale'),
  'refuses to update an API key that does not exist': blindTo('apiKeys', 'update', 'unknown'),
  'lets one of two transactions change the version of an API key that both read (F16)': lastWins(
    'apiKeys',
    'update',
  ),
}

const isolation: Saboteurs = {
  'finds no API key of another owner': leakingRead('apiKeys', 'find', orTheirs),
  'lists no API key of another owner': leakingQuery('apiKeys', 'list', withTheirs),
  'refuses to update an API key of another owner, and does not change it (F81)': blindTo(
    'apiKeys',
    'update',
    'foreign',
  ),

  'keeps API keys of two owners with the same id apart': onQueriesKnowing('apiKeys', (queries, ledger) => ({
    async list(ownerId, page) {
      const theirs = ledger.given<ApiKey>('apiKeys.update', ownerId, 'others')
      const listed = await queries.list(ownerId, page)
      return listed.map((row) => ({ ...row, key: theirs.find(({ id }) => id === row.key.id) ?? row.key }))
    },
  })),
}

export const apiKeySaboteurs: Saboteurs = { ...rows, ...constraints, ...isolation }
