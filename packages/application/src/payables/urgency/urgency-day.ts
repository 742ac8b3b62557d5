import type { OwnerSettings } from '../../settings/ports.ts'
import type { UrgencyDay } from '../ports.ts'

/** Today's date and the thresholds by which urgency is calculated. */
export async function urgencyDay(settings: OwnerSettings, ownerId: string): Promise<UrgencyDay> {
  const { today, settings: known } = await settings.today(ownerId)
  return { today, days: known.urgencyDays }
}
