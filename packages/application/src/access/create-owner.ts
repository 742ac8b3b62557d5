import type { Owner, OwnerId } from '@daftari/domain'
import { parse } from '../kernel/input/parse.ts'
import type { Operator } from '../kernel/scope.ts'
import type { Ports } from '../ports.ts'
import { type CreateOwnerInput, createOwnerInput, type OwnerView, ownerJson } from './owner-shapes.ts'

/** Creates an owner. The time zone is the default of the owner's settings. @throws validation_failed */
export function createOwner({ owners, ids, clock }: Pick<Ports, 'owners' | 'ids' | 'clock'>) {
  return async function createOwner({ actorId }: Operator, input: CreateOwnerInput): Promise<OwnerView> {
    const { name, timeZone } = parse(createOwnerInput, input)
    const owner: Owner = {
      id: ids.next<OwnerId>(),
      name,
      timeZone,
      createdAt: clock.now(),
      createdBy: actorId,
    }
    await owners.create(owner)
    return ownerJson(owner)
  }
}
