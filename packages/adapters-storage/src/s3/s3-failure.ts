/** An answer of the server that says it could not do it. */
export class S3Failure extends Error {
  readonly status: number
  readonly code: string

  constructor(status: number, code: string) {
    super(`the server answered ${status} ${code}`.trim())
    this.name = 'S3Failure'
    this.status = status
    this.code = code
  }
}

const ABSENT = ['NotFound', 'NoSuchKey', 'NoSuchBucket', 'NoSuchUpload']
const FULL = ['XMinioStorageFull', 'QuotaExceeded', 'InsufficientCapacity', 'InsufficientStorage']
const RESET = ['ECONNRESET', 'EPIPE']

export function codeOf(failure: unknown): string {
  return failure instanceof Error && 'code' in failure ? String(failure.code) : ''
}

/** Nothing, for what is not there. */
export function absentObject(failure: unknown): null {
  if (ABSENT.includes(codeOf(failure))) return null
  throw failure
}

export function isFull(failure: unknown): boolean {
  return FULL.includes(codeOf(failure)) || (failure instanceof S3Failure && failure.status === 507)
}

/** Whether the connection was lost, as happens when the server has closed one that lay idle. */
export function isReset(failure: unknown): boolean {
  return RESET.includes(codeOf(failure))
}
