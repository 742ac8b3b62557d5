import type { Scope } from '../kernel/scope.ts'
import type { Ports } from '../ports.ts'
import { type SettingsView, settingsRecord } from './settings-shapes.ts'

/** The settings of the owner. */
export function getSettings({ queries }: Pick<Ports, 'queries'>) {
  return async function getSettings({ ownerId }: Scope): Promise<SettingsView> {
    return settingsRecord(await queries.settings.get(ownerId))
  }
}
