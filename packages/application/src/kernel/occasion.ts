import { localDateAt, type Occasion, type Settings } from '@daftari/domain'
import type { Clock } from './ports.ts'

/** Reads the clock. A change reads it here only, once, after it has loaded the record. */
export function occasionOf(
  { actorId }: { readonly actorId: string },
  { timeZone }: Pick<Settings, 'timeZone'>,
  clock: Clock,
): Occasion {
  const at = clock.now()
  return { at, by: actorId, today: localDateAt(at, timeZone) }
}
