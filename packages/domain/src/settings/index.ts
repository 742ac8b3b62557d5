export {
  changeSettings,
  defaultSettings,
  type Settings,
  type SettingsChange,
  type SettingsContext,
  type SettingsEvent,
} from './settings.ts'
