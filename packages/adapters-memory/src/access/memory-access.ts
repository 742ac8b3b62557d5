import type { AccessQueries, ApiKeyQueries, ApiKeyWithUse, KeyUses, Owners } from '@daftari/application'
import { compareText } from '@daftari/domain'
import { pageOfRows } from '../kernel/keyset.ts'
import type { MemoryStore } from '../memory-books.ts'
import type { StoredApiKey } from './stored-api-key.ts'

const byId = {
  positionOf: ({ id }: { readonly id: string }) => ({ key: id, id }),
  compareKeys: compareText,
  readKey: (key: string) => key,
}

export function memoryOwners(store: MemoryStore): Owners {
  return {
    async create(owner) {
      const { owners } = store(owner.id)
      if (owners.get(owner.id) !== null) throw new Error(`${owner.id} is stored already`)
      owners.set(owner.id, Object.freeze({ ...owner }))
    },
    async find(id) {
      return store(id).owners.get(id)
    },
    async list(page) {
      const owners = [...store.all().values()].flatMap((books) => [...books.owners.values()])
      return pageOfRows(owners, { ...byId, isDescending: false }, page)
    },
  }
}

export function memoryApiKeyQueries(store: MemoryStore): ApiKeyQueries {
  return {
    async list(ownerId, page) {
      const standing = [...store(ownerId).apiKeys.values()].filter(({ key }) => key.revokedAt === null)
      return pageOfRows(standing, { ...byId, isDescending: true }, page).map(withUse)
    },
  }
}

export function memoryAccessQueries(store: MemoryStore): AccessQueries {
  return {
    async findKeyByHash(hash) {
      for (const [ownerId, { apiKeys }] of store.all()) {
        for (const stored of apiKeys.values()) {
          if (stored.hash === hash) return { ownerId, ...withUse(stored) }
        }
      }
      return null
    },
  }
}

export function memoryKeyUses(store: MemoryStore): KeyUses {
  return {
    async note(ownerId, keyId, at) {
      const { apiKeys } = store(ownerId)
      const stored = apiKeys.get(keyId)
      if (stored === null || (stored.lastUsedAt ?? at) > at) return
      apiKeys.set(keyId, Object.freeze({ ...stored, lastUsedAt: at }))
    },
  }
}

function withUse({ key, lastUsedAt }: StoredApiKey): ApiKeyWithUse {
  return { key, lastUsedAt }
}
