import { found, idOf } from '../kernel/input/found.ts'
import type { Operator } from '../kernel/scope.ts'
import type { Ports } from '../ports.ts'
import { type OwnerView, ownerJson } from './owner-shapes.ts'

/** @throws not_found */
export function getOwner({ owners }: Pick<Ports, 'owners'>) {
  return async function getOwner(_: Operator, { ownerId }: { readonly ownerId: string }): Promise<OwnerView> {
    const id = idOf('owner', ownerId)
    return ownerJson(found('owner', id, await owners.find(id)))
  }
}
