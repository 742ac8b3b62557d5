import { createHmac, timingSafeEqual } from 'node:crypto'
import { inboxError } from './inbox-error.ts'

/** What Node and its frameworks call headers, or a `Headers` of the web. */
export type ReceivedHeaders =
  | Readonly<Record<string, string | readonly string[] | undefined>>
  | { get(name: string): string | null }

export interface VerifyInput {
  /** As it came, before anything parsed it. */
  readonly body: Uint8Array
  readonly headers: ReceivedHeaders
  /** Several while a secret is being changed. */
  readonly secrets: readonly string[]
  /** How far the time of sending may be from now, in both directions: 300. */
  readonly toleranceSeconds?: number
  /** Milliseconds since 1970. */
  readonly now?: () => number
}

export interface Verified {
  /** The same at each attempt. */
  readonly id: string
  readonly sentAt: Date
}

/**
 * Proves that a message was signed by Standard Webhooks with one of the secrets, not long ago.
 * @throws header_missing, timestamp_invalid, timestamp_too_old, timestamp_too_new, signature_mismatch, secret_invalid
 */
export function verify({
  body,
  headers,
  secrets,
  toleranceSeconds = 300,
  now = Date.now,
}: VerifyInput): Verified {
  const keys = secrets.map(keyOf)
  if (keys.length === 0) throw inboxError('secret_invalid', 'There is no secret to verify with.')
  const id = header(headers, 'webhook-id')
  const timestamp = header(headers, 'webhook-timestamp')
  const given = header(headers, 'webhook-signature').split(' ')

  if (!/^\d{1,12}$/.test(timestamp))
    throw inboxError('timestamp_invalid', 'webhook-timestamp is no number of seconds.')
  const ageSeconds = Math.floor(now() / 1_000) - Number(timestamp)
  if (ageSeconds > toleranceSeconds)
    throw inboxError('timestamp_too_old', 'The message was sent too long ago.')
  if (-ageSeconds > toleranceSeconds)
    throw inboxError('timestamp_too_new', 'The message was sent in the future.')

  const signed = Buffer.concat([Buffer.from(`${id}.${timestamp}.`), body])
  const expected = keys.map((key) => createHmac('sha256', key).update(signed).digest())
  // Every pair is compared, so that the time taken tells nothing about which secret or signature it was.
  const matches = given.flatMap((text) => expected.filter((hmac) => isSignature(text, hmac)))
  if (matches.length === 0) throw inboxError('signature_mismatch', 'No signature belongs to this message.')
  return { id, sentAt: new Date(Number(timestamp) * 1_000) }
}

function isSignature(text: string, hmac: Buffer): boolean {
  const given = Buffer.from(text)
  const expected = Buffer.from(`v1,${hmac.toString('base64')}`)
  return given.length === expected.length && timingSafeEqual(given, expected)
}

function header(headers: ReceivedHeaders, name: string): string {
  const value = isWebHeaders(headers) ? headers.get(name) : valueIn(headers, name)
  if (typeof value === 'string' && value !== '') return value
  throw inboxError('header_missing', `The header ${name} is missing.`)
}

function isWebHeaders(headers: ReceivedHeaders): headers is { get(name: string): string | null } {
  return typeof headers.get === 'function'
}

function valueIn(headers: Readonly<Record<string, unknown>>, name: string): unknown {
  const values = Object.entries(headers).filter(([key]) => key.toLowerCase() === name)
  const [[, value] = []] = values
  return values.length === 1 ? value : undefined
}

function keyOf(secret: string): Buffer {
  const base64 = secret.startsWith('whsec_') ? secret.slice('whsec_'.length) : secret
  const key = Buffer.from(base64, 'base64')
  if (key.length > 0 && key.toString('base64') === base64) return key
  throw inboxError('secret_invalid', 'A secret is base64, behind whsec_ or alone.')
}
