import type { MemoryContext } from '../kernel/context.ts'
import { settingsOf } from '../memory-books.ts'
import { memorySettingsRepository } from './memory-settings-repository.ts'

export const settings: MemoryContext<'settings', 'settings'> = {
  repositories: { settings: ({ session, ownerId }) => memorySettingsRepository(session, ownerId) },
  queries: (store) => ({
    settings: { get: async (ownerId) => settingsOf(store(ownerId), ownerId) },
  }),
}
