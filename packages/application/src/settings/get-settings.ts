import type { Scope } from '../kernel/scope.ts'
import type { Ports } from '../ports.ts'
import { type SettingsView, settingsRecord } from './settings-shapes.ts'

/** How the owner keeps the books. */
export function getSettings({ queries }: Pick<Ports, 'queries'>) {
  return async function getSettings({ ownerId }: Scope): Promise<SettingsView> {
    return settingsRecord(await queries.settings.get(ownerId))
  }
}
