import type { ApiKeyRepository } from '@daftari/application'
import { frozenCopy } from '../kernel/frozen-copy.ts'
import type { MemorySession } from '../kernel/memory-session.ts'
import { insertRow, requireRow } from '../kernel/memory-writes.ts'
import type { MemoryBooks, MemoryStore } from '../memory-books.ts'

export function memoryApiKeyRepository(session: MemorySession, store: MemoryStore): ApiKeyRepository {
  function refuseTakenHash(books: MemoryBooks, hash: string): void {
    for (const { apiKeys } of [books, ...store.all().values()]) {
      for (const stored of apiKeys.values()) {
        if (stored.hash === hash) throw new Error('another key has this hash')
      }
    }
  }

  return {
    async find(id) {
      return session.flush().apiKeys.get(id)?.key ?? null
    },
    insert(given, hash) {
      const key = frozenCopy(given)
      session.stage((books) => {
        refuseTakenHash(books, hash)
        const { id, version } = key
        insertRow(books.apiKeys, Object.freeze({ id, version, key, hash, lastUsedAt: null }))
      })
    },
    update(given, expectedVersion) {
      const key = frozenCopy(given)
      session.stage(({ apiKeys }) => {
        const { id, version } = key
        const stored = requireRow('api_key', apiKeys, id, expectedVersion)
        apiKeys.set(id, Object.freeze({ ...stored, version, key }))
      })
    },
  }
}
