import { type LocalDate, localDateAt, type Settings } from '@daftari/domain'
import type { Ports } from '../ports.ts'
import type { OwnerSettings } from './ports.ts'

const KEPT_MS = 5_000
const MOST_OWNERS = 10_000

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

  return { current, today, forget: (ownerId) => void kept.delete(ownerId) }
}
