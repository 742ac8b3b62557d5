import { hash } from 'node:crypto'
import type { Hashing } from '@daftari/application'

export const nodeHashing: Hashing = {
  sha256: (text) => hash('sha256', text),
}
