export type { SettingsQueries, SettingsRepository } from './ports.ts'
export {
  type SettingsTarget,
  type SettingsView,
  settingsChange,
  settingsView,
  type UpdateSettingsInput,
} from './settings-shapes.ts'
