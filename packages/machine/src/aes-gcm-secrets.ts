import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import type { Secrets } from '@daftari/application'

const KEY_BYTES = 32
const NONCE_BYTES = 12
const TAG_BYTES = 16
const VERSION = 'v1.'

/** Encrypts with AES-256-GCM. The sealed text is `v1.` and, in base64url, a random nonce, the ciphertext and the authentication tag. */
export function aesGcmSecrets(key: Uint8Array): Secrets {
  if (key.length !== KEY_BYTES) throw new RangeError(`a key for secrets must have ${KEY_BYTES} bytes`)
  const options = { authTagLength: TAG_BYTES }
  return {
    seal(text) {
      const nonce = randomBytes(NONCE_BYTES)
      const cipher = createCipheriv('aes-256-gcm', key, nonce, options)
      const hidden = [cipher.update(text, 'utf8'), cipher.final()]
      return VERSION + Buffer.concat([nonce, ...hidden, cipher.getAuthTag()]).toString('base64url')
    },
    open(sealed) {
      const bytes = Buffer.from(sealed.slice(VERSION.length), 'base64url')
      // Base64url decoding is lenient: several texts decode to the same bytes. Only the canonical one is accepted.
      const isCanonical = VERSION + bytes.toString('base64url') === sealed
      if (!isCanonical || bytes.length < NONCE_BYTES + TAG_BYTES) {
        throw new Error('the text is not a sealed text')
      }
      const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, NONCE_BYTES), options)
      decipher.setAuthTag(bytes.subarray(-TAG_BYTES))
      const text = decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES))
      return Buffer.concat([text, decipher.final()]).toString()
    },
  }
}
