import { createHash, hash } from 'node:crypto'
import type { Hashing } from '@daftari/application'

export const nodeHashing: Hashing = {
  sha256: (text) => hash('sha256', text),
  digest() {
    const sha256 = createHash('sha256')
    return {
      update: (bytes) => void sha256.update(bytes),
      hex: () => sha256.digest('hex'),
    }
  },
}
