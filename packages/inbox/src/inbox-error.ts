/** Why a message is not accepted. */
export type InboxErrorCode =
  /** A header of Standard Webhooks is missing, or is there several times. */
  | 'header_missing'
  /** The time of sending is not a number of seconds. */
  | 'timestamp_invalid'
  | 'timestamp_too_old'
  | 'timestamp_too_new'
  /** No signature is one of these bytes by one of these secrets. */
  | 'signature_mismatch'
  /** There is no secret, or one that is not base64 behind `whsec_`: a fault of the receiver's configuration. */
  | 'secret_invalid'
  /** The body is not an event in the form of Daftari, or not the one that the header names. */
  | 'event_invalid'

const brand: unique symbol = Symbol.for('@daftari/inbox/error')

export interface InboxError extends Error {
  readonly [brand]: true
  readonly code: InboxErrorCode
}

export function inboxError(code: InboxErrorCode, message: string): InboxError {
  return Object.assign(new Error(message), { name: 'InboxError', [brand]: true as const, code })
}

export function isInboxError(error: unknown, code?: InboxErrorCode): error is InboxError {
  const isOurs = typeof error === 'object' && error !== null && brand in error
  return isOurs && (code === undefined || ('code' in error && error.code === code))
}
