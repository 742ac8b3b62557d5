import { changeSettings } from '@daftari/domain'
import { parse } from '../kernel/input/parse.ts'
import { onVersion, requireVersion } from '../kernel/input/precondition.ts'
import type { TransactionScope } from '../kernel/ports.ts'
import type { Ports } from '../ports.ts'
import type { OwnerSettings } from './ports.ts'
import {
  type SettingsTarget,
  type SettingsView,
  settingsChange,
  settingsRecord,
  type UpdateSettingsInput,
} from './settings-shapes.ts'

type Deps = Pick<Ports, 'unitOfWork' | 'clock'> & { readonly settings: OwnerSettings }

/** @throws precondition_required, concurrent_change, validation_failed, base_currency_frozen */
export function updateSettings({ unitOfWork, clock, settings: known }: Deps) {
  return async function updateSettings(
    scope: TransactionScope,
    { version }: SettingsTarget,
    fields: UpdateSettingsInput,
  ): Promise<SettingsView> {
    const changed = onVersion(version, () =>
      unitOfWork.transact(scope, async (tx) => {
        const settings = await tx.settings.get()
        requireVersion('settings', settings, version)
        const change = parse(settingsChange, fields)
        const hasExpenses = await tx.expenses.exist()
        const context = { hasExpenses, at: clock.now(), by: scope.actorId }
        const { state, events } = changeSettings(settings, change, context)
        if (events.length > 0) tx.settings.update(state, settings.version)
        tx.events.append(events)
        return settingsRecord(state)
      }),
    )
    // The cache is cleared after a failure too, because the settings may have changed when the outcome is unknown.
    return changed.finally(() => known.forget(scope.ownerId))
  }
}
