import { localDateAt } from '@daftari/domain'
import { keptAnswers } from '../kernel/kept-answers.ts'
import type { Ports } from '../ports.ts'
import type { OwnerSettings } from './ports.ts'

export function ownerSettings({ queries, clock }: Pick<Ports, 'queries' | 'clock'>): OwnerSettings {
  const kept = keptAnswers(clock, (ownerId) => queries.settings.get(ownerId))
  return {
    current: kept.get,
    forget: kept.forget,
    async today(ownerId) {
      const settings = await kept.get(ownerId)
      return { today: localDateAt(clock.now(), settings.timeZone), settings }
    },
  }
}
