import { Rerun } from '../session/postgres-errors.ts'

/** The rows that all other rows of the owner refer to do not exist yet. The first write creates them. */
export class UnknownOwner extends Rerun {
  readonly ownerId: string

  constructor(ownerId: string, cause?: unknown) {
    super(`there are no books of ${ownerId} yet`, cause === undefined ? {} : { cause })
    this.ownerId = ownerId
  }
}
