import { randomBytes } from 'node:crypto'
import type { Random } from '@daftari/application'

export const systemRandom: Random = { bytes: (count) => randomBytes(count) }
