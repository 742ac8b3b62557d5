import type { ApiKeyQueries, ApiKeyWithUse, OwnedApiKey } from '@daftari/application'
import { onQueriesKnowing } from '../kernel/sabotage/constraints.ts'
import { onQueries, overlay, type Saboteur, type Saboteurs } from '../kernel/sabotage/overlay.ts'
import { ALL } from '../kernel/sabotage/pages.ts'

function listing(
  change: (rows: readonly ApiKeyWithUse[], now: number) => readonly ApiKeyWithUse[],
): Saboteur {
  return onQueries('apiKeys', (queries, { clock }) => ({
    list: async (ownerId, page) => change(await queries.list(ownerId, page), clock.now()),
  }))
}

function finding(change: (found: OwnedApiKey, now: number) => OwnedApiKey | null): Saboteur {
  return onQueries('access', (queries, { clock }) => ({
    async findKeyByHash(hash) {
      const found = await queries.findKeyByHash(hash)
      return found === null ? null : change(found, clock.now())
    },
  }))
}

function including(queries: ApiKeyQueries): ApiKeyQueries['list'] {
  return async (ownerId, { after, limit }) => {
    const rows = await queries.list(ownerId, ALL)
    return rows.filter(({ key }) => after === null || key.id <= after.id).slice(0, limit)
  }
}

/** Takes a key for used when it was made, until it is told of a use or asked before there is any. */
function usedWhenMade(): Saboteur {
  return (ports) => {
    let isWise = false
    const noting = overlay(ports, {
      keyUses: {
        async note(...use) {
          isWise = true
          await ports.keyUses.note(...use)
        },
      },
    })
    return onQueries('apiKeys', (queries) => ({
      async list(ownerId, page) {
        const rows = await queries.list(ownerId, page)
        isWise ||= rows.length === 0
        return rows.map((row) => (isWise ? row : { ...row, lastUsedAt: row.key.createdAt }))
      },
    }))(noting)
  }
}

const list: Saboteurs = {
  'lists API keys newest id first, page by page, without gaps or duplicates': onQueries(
    'apiKeys',
    (queries) => ({
      list: including(queries),
    }),
  ),

  'lists API keys with the stored fields': listing((rows) =>
    rows.map((row) => ({ ...row, key: { ...row.key, scopes: row.key.scopes.toSorted() } })),
  ),

  'lists no revoked API key': onQueriesKnowing('apiKeys', (queries, ledger) => ({
    async list(ownerId, page) {
      const inserted = ledger.given<ApiKeyWithUse['key']>('apiKeys.insert', ownerId)
      const revoked = inserted.filter(({ revokedAt }) => revokedAt !== null)
      return [...(await queries.list(ownerId, page)), ...revoked.map((key) => ({ key, lastUsedAt: null }))]
    },
  })),

  'lists API keys that have expired': listing((rows, now) =>
    rows.filter(({ key: { expiresAt } }) => expiresAt === null || expiresAt > now),
  ),

  'lists an unused API key with null as its last use': usedWhenMade(),
}

const access: Saboteurs = {
  'finds an API key of any owner by its hash, and gives the owner': onQueriesKnowing(
    'access',
    (queries, ledger) => ({
      async findKeyByHash(hash) {
        const found = await queries.findKeyByHash(hash)
        return found && { ...found, ownerId: ledger.stored[0]?.ownerId ?? found.ownerId }
      },
    }),
  ),

  'finds null for a hash that no API key has': onQueries('access', (queries) => ({
    findKeyByHash: async (hash) => (await queries.findKeyByHash(hash)) ?? (undefined as never),
  })),

  'finds an API key only by its exact hash': onQueries('access', (queries) => ({
    findKeyByHash: (hash) => queries.findKeyByHash(hash.toLowerCase()),
  })),

  'finds a revoked API key by its hash': finding((found) =>
    found.key.revokedAt !== null && found.key.version === 1 ? null : found,
  ),

  'finds an expired API key by its hash': finding((found, now) =>
    found.key.expiresAt === null || found.key.expiresAt > now ? found : null,
  ),

  'gives the last use of an API key that it finds': (ports) => {
    const asked = new Set<string>()
    return onQueries('access', (queries) => ({
      async findKeyByHash(hash) {
        const found = await queries.findKeyByHash(hash)
        const isNew = !asked.has(hash)
        asked.add(hash)
        return found && isNew ? { ...found, lastUsedAt: null } : found
      },
    }))(ports)
  },
}

export const apiKeyQuerySaboteurs: Saboteurs = { ...list, ...access }
