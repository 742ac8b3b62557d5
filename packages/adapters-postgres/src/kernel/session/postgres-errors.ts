import { DomainError } from '@daftari/domain'

/** The fields of an error that the PostgreSQL server sent. */
export interface ServerError {
  readonly code: string
  readonly constraint: string | undefined
  readonly detail: string | undefined
}

export const STALE_VERSION = 'DF409'
export const UNIQUE_VIOLATION = '23505'
export const FOREIGN_KEY_VIOLATION = '23503'
export const LOCK_NOT_AVAILABLE = '55P03'

/** Serialisation failures and deadlocks. Neither transaction did anything wrong, so the work is run again. */
const SERIALISATION = new Set(['40001', '40P01'])
/** Too many connections, out of memory, a timeout of a statement or lock, or repeated conflicts. */
const OVERLOADED = new Set(['53300', '53200', '57014', LOCK_NOT_AVAILABLE, ...SERIALISATION])
const SHUT_DOWN = new Set(['57P01', '57P02', '57P03', '25P03', '25P04'])
const DISK_FULL = '53100'

export function serverError(error: unknown): ServerError | null {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return null
  if (!('severity' in error)) return null
  const { constraint, detail } = error as { constraint?: string; detail?: string }
  return { code: error.code, constraint, detail }
}

export function isConflict({ code }: ServerError): boolean {
  return SERIALISATION.has(code)
}

/** The whole work must be run again, even when a part of it caught this error. */
export class Rerun extends Error {}

/** A conflict with a concurrent transaction. */
export class Conflict extends Rerun {
  constructor(cause: unknown) {
    super('the transaction met another', { cause })
  }
}

/** The connection was lost before the batch was sent. */
export class ConnectionGone extends Error {}

/** Whether the connection was lost, so that the outcome of a commit on its way is unknown. */
export function isConnectionLoss(error: unknown): boolean {
  const server = serverError(error)
  if (server === null) return true
  return SHUT_DOWN.has(server.code) || server.code.startsWith('08')
}

/** Translates an error that no rule of the domain explains. The message contains no SQL; `cause` keeps the original for the log. */
export function databaseError(cause: unknown): Error {
  const server = serverError(cause)
  if (server?.code === DISK_FULL) return new DomainError('storage_full', {}, { cause })
  if (server !== null && OVERLOADED.has(server.code)) return new DomainError('overloaded', {}, { cause })
  if (isConnectionLoss(cause)) return new DomainError('unavailable', {}, { cause })
  return new Error(`the database refused with ${server?.code ?? 'no code'}`, { cause })
}

/** Translates a failure to get a connection. */
export function connectionError(cause: unknown): Error {
  const isWait = cause instanceof Error && cause.message.startsWith('timeout exceeded when trying to connect')
  const isFull = OVERLOADED.has(serverError(cause)?.code ?? '')
  return new DomainError(isWait || isFull ? 'overloaded' : 'unavailable', {}, { cause })
}
