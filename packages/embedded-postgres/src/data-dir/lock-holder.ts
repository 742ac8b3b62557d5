/** The process that holds a data directory. */
export interface LockHolder {
  readonly pid: number
  /** ISO 8601, the moment the lock was taken. */
  readonly since: string
  readonly url?: string
}
