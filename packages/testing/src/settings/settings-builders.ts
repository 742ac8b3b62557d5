import { defaultSettings, type Settings, type SettingsEvent } from '@daftari/domain'
import { fact, type RecordChange } from '../kernel/fact.ts'
import { recorded } from '../kernel/fresh.ts'

/** The settings of an owner after the first change. */
export function someSettings(ownerId: string, overrides: Partial<Settings> = {}): Settings {
  return { ...defaultSettings(ownerId), ...recorded, ...overrides }
}

export function settingsEvent(change: RecordChange<Settings>): SettingsEvent {
  return fact('settings.updated', 'settings', change)
}
