import { Rerun } from '../session/postgres-errors.ts'

/** Nothing is kept for this owner yet. Whoever writes first makes the books. */
export class UnknownOwner extends Rerun {
  readonly ownerId: string

  constructor(ownerId: string, cause?: unknown) {
    super(`there are no books of ${ownerId} yet`, cause === undefined ? {} : { cause })
    this.ownerId = ownerId
  }
}
