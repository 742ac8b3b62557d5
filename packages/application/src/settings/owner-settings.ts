import { type ExpenseRules, type LocalDate, localDateAt, type Settings } from '@daftari/domain'
import type { UrgencyDay } from '../payables/ports.ts'
import type { Ports } from '../ports.ts'

const KEPT_MS = 5_000
const MOST_OWNERS = 10_000

/** The settings that use cases decide by: read once in five seconds for each owner, known at once where changed. */
export interface OwnerSettings {
  current(ownerId: string): Promise<Settings>
  /** The date at the owner's place, with the settings. */
  today(ownerId: string): Promise<{ readonly today: LocalDate; readonly settings: Settings }>
  expenseRules(ownerId: string): Promise<ExpenseRules>
  urgencyDay(ownerId: string): Promise<UrgencyDay>
  /** Reads the owner's settings anew next time. */
  forget(ownerId: string): void
}

export function ownerSettings({ queries, clock }: Pick<Ports, 'queries' | 'clock'>): OwnerSettings {
  const kept = new Map<string, { readonly settings: Promise<Settings>; readonly until: number }>()

  function current(ownerId: string): Promise<Settings> {
    const known = kept.get(ownerId)
    const now = clock.now()
    if (known !== undefined && now < known.until && known.until <= now + KEPT_MS) return known.settings
    const settings = queries.settings.get(ownerId)
    settings.catch(() => kept.delete(ownerId))
    if (kept.size >= MOST_OWNERS) kept.clear()
    kept.set(ownerId, { settings, until: now + KEPT_MS })
    return settings
  }

  async function today(ownerId: string): Promise<{ today: LocalDate; settings: Settings }> {
    const settings = await current(ownerId)
    return { today: localDateAt(clock.now(), settings.timeZone), settings }
  }

  async function expenseRules(ownerId: string): Promise<ExpenseRules> {
    const { today: date, settings } = await today(ownerId)
    const { baseCurrency, expensePolicy } = settings
    return { today: date, baseCurrency, expensePolicy }
  }

  async function urgencyDay(ownerId: string): Promise<UrgencyDay> {
    const { today: date, settings } = await today(ownerId)
    return { today: date, days: settings.urgencyDays }
  }

  return { current, today, expenseRules, urgencyDay, forget: (ownerId) => void kept.delete(ownerId) }
}
