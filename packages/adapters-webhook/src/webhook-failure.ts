/** Why nothing is known to have arrived. Only `url_blocked` and `secret_invalid` are no fault of the receiver's server. */
export type WebhookFailureCode =
  /** The URL is not one that is sent to, or its host has an address that is not public. */
  | 'url_blocked'
  /** The host has no address. */
  | 'dns'
  /** The connection was refused, reset or cannot be made. */
  | 'network'
  /** The certificate is not good for the host, or the other side does not speak TLS. */
  | 'tls'
  /** The answer is not HTTP, or its headers are too large. */
  | 'protocol'
  /** Nothing was answered in time. */
  | 'timeout'
  /** All connections were taken until the deadline; nothing was sent. */
  | 'busy'
  /** There is no secret, or one that is not `whsec_` and the base64 of 24 to 64 bytes. */
  | 'secret_invalid'
  /** The caller's signal ended the send. */
  | 'aborted'
  /** The sender was closed. */
  | 'closed'

const messages: Readonly<Record<WebhookFailureCode, string>> = {
  url_blocked: 'The URL or an address of its host is not one that webhooks are sent to.',
  dns: 'The host of the URL has no address.',
  network: 'The connection to the host failed.',
  tls: 'The host could not prove over TLS who it is.',
  protocol: 'The host answered with something that is not HTTP, or with too many headers.',
  timeout: 'The host did not answer in time.',
  busy: 'All connections were taken; nothing was sent.',
  secret_invalid: 'A signing secret is missing or malformed.',
  aborted: 'The send was ended by the caller.',
  closed: 'The sender is closed.',
}

const brand: unique symbol = Symbol.for('@daftari/adapters-webhook/failure')

/** A send that got no answer. The message names no address; `cause` has what happened. */
export interface WebhookFailure extends Error {
  readonly [brand]: true
  readonly code: WebhookFailureCode
}

export function webhookFailure(code: WebhookFailureCode, cause?: unknown): WebhookFailure {
  const message = messages[code]
  const error = cause === undefined ? new Error(message) : new Error(message, { cause })
  return Object.assign(error, { name: 'WebhookFailure', [brand]: true as const, code })
}

export function isWebhookFailure(error: unknown, code?: WebhookFailureCode): error is WebhookFailure {
  const isFailure = typeof error === 'object' && error !== null && brand in error
  return isFailure && (code === undefined || ('code' in error && error.code === code))
}
