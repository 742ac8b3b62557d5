import { localDateAt, type Occasion, type Settings } from '@daftari/domain'
import type { Clock } from './ports.ts'

/** The clock is read here and nowhere else in a change, after what is changed was read. */
export function occasionOf(
  { actorId }: { readonly actorId: string },
  { timeZone }: Pick<Settings, 'timeZone'>,
  clock: Clock,
): Occasion {
  const at = clock.now()
  return { at, by: actorId, today: localDateAt(at, timeZone) }
}
