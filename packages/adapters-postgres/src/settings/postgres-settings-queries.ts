import type { SettingsQueries } from '@daftari/application'
import type { Database } from '../kernel/session/database.ts'
import { SETTINGS, settingsOf } from './settings-table.ts'

export function postgresSettingsQueries(database: Database): SettingsQueries {
  return {
    async get(ownerId) {
      const [result] = await database.read(ownerId, [{ text: SETTINGS, values: [ownerId] }])
      return settingsOf(result?.rows[0], ownerId)
    },
  }
}
