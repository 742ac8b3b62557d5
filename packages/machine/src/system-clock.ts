import type { Clock } from '@daftari/application'
import { instant } from '@daftari/domain'

export const systemClock: Clock = { now: () => instant(Date.now()) }
