import { createHmac, timingSafeEqual } from 'node:crypto'
import type { CursorSigner } from '@daftari/application'

/** Tokens of the form payload.signature, both base64url. The payload is readable but cannot be altered. */
export function hmacCursorSigner(key: Uint8Array): CursorSigner {
  function signature(payload: string, context: string): Buffer {
    return createHmac('sha256', key)
      .update(JSON.stringify([payload, context]))
      .digest()
  }
  return {
    seal(payload, context) {
      const signed = signature(payload, context).toString('base64url')
      return `${Buffer.from(payload).toString('base64url')}.${signed}`
    },
    open(token, context) {
      const [body = '', signed = '', ...rest] = token.split('.')
      const payload = Buffer.from(body, 'base64url').toString()
      const given = Buffer.from(signed, 'base64url')
      const expected = signature(payload, context)
      const isGenuine =
        rest.length === 0 && given.length === expected.length && timingSafeEqual(given, expected)
      return isGenuine && this.seal(payload, context) === token ? payload : null
    },
  }
}
