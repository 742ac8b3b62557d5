import type { SettingsRepository } from '@daftari/application'
import { UnknownOwner } from '../kernel/owner/unknown-owner.ts'
import type { PostgresSession } from '../kernel/session/postgres-session.ts'
import { SETTINGS, settingsOf, updateSettings } from './settings-table.ts'

export function postgresSettingsRepository(session: PostgresSession, ownerId: string): SettingsRepository {
  return {
    async get() {
      const [result] = await session.read({ text: SETTINGS, values: [ownerId] })
      if (result?.rows.length === 0) session.rerunWith(new UnknownOwner(ownerId))
      return settingsOf(result?.rows[0], ownerId)
    },
    update: (state, expectedVersion) => session.stage(updateSettings, { state, expectedVersion }),
  }
}
