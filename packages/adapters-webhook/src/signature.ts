import { createHmac, randomBytes } from 'node:crypto'
import { webhookFailure } from './webhook-failure.ts'

const PREFIX = 'whsec_'
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/

/** A secret by Standard Webhooks, of 32 random bytes. */
export function newSecret(): string {
  return PREFIX + randomBytes(32).toString('base64')
}

export interface Signed {
  readonly messageId: string
  /** Seconds since 1970. */
  readonly timestamp: number
  readonly body: Uint8Array
}

/** The value of `webhook-signature`: a signature for each secret, so that a receiver can change to the next one. */
export function signatures({ messageId, timestamp, body }: Signed, secrets: readonly string[]): string {
  if (secrets.length === 0) throw webhookFailure('secret_invalid')
  return secrets
    .map((secret) => {
      const hmac = createHmac('sha256', keyOf(secret)).update(`${messageId}.${timestamp}.`).update(body)
      return `v1,${hmac.digest('base64')}`
    })
    .join(' ')
}

function keyOf(secret: string): Buffer {
  const base64 = secret.startsWith(PREFIX) ? secret.slice(PREFIX.length) : ''
  const key = BASE64.test(base64) ? Buffer.from(base64, 'base64') : Buffer.alloc(0)
  if (key.length < 24 || key.length > 64) throw webhookFailure('secret_invalid')
  return key
}
