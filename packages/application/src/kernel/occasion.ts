import { localDateAt, type Occasion, type Settings } from '@daftari/domain'
import type { Clock } from './ports.ts'

/** Reads the clock. Every change calls this once, after it has loaded the record, and reads the time nowhere else. */
export function occasionOf(
  { actorId }: { readonly actorId: string },
  { timeZone }: Pick<Settings, 'timeZone'>,
  clock: Clock,
): Occasion {
  const at = clock.now()
  return { at, by: actorId, today: localDateAt(at, timeZone) }
}
