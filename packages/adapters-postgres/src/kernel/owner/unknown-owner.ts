import { Rerun } from '../session/postgres-errors.ts'

/** There are no rows of this owner yet. The first write creates them. */
export class UnknownOwner extends Rerun {
  readonly ownerId: string

  constructor(ownerId: string, cause?: unknown) {
    super(`there are no books of ${ownerId} yet`, cause === undefined ? {} : { cause })
    this.ownerId = ownerId
  }
}
