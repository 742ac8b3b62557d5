import type { SettingsRepository } from '@daftari/application'
import { DomainError } from '@daftari/domain'
import { frozenCopy } from '../kernel/frozen-copy.ts'
import type { MemorySession } from '../kernel/memory-session.ts'
import { settingsOf } from '../memory-books.ts'

export function memorySettingsRepository(session: MemorySession, ownerId: string): SettingsRepository {
  return {
    async get() {
      return settingsOf(session.flush(), ownerId)
    },
    update(given, expectedVersion) {
      const settings = frozenCopy(given)
      session.stage((books) => {
        const known = settingsOf(books, ownerId)
        if (known.version !== expectedVersion) {
          throw new DomainError('concurrent_change', { kind: 'settings', id: ownerId })
        }
        const { baseCurrency } = known
        if (settings.baseCurrency !== baseCurrency && books.expenses.values().next().done === false) {
          throw new DomainError('base_currency_frozen', { baseCurrency })
        }
        books.settings.set(ownerId, settings)
      })
    },
  }
}
