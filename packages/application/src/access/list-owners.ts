import { parseQuery } from '../kernel/input/parse-query.ts'
import { type Page, pageOf } from '../kernel/pagination/page.ts'
import type { Operator } from '../kernel/scope.ts'
import type { Ports } from '../ports.ts'
import { type ListOwnersInput, listOwnersInput, type OwnerView, ownerJson } from './owner-shapes.ts'

/** Lists all owners, oldest first. @throws invalid_query, invalid_cursor */
export function listOwners({ owners, cursors }: Pick<Ports, 'owners' | 'cursors'>) {
  return async function listOwners(_: Operator, input: ListOwnersInput = {}): Promise<Page<OwnerView>> {
    const { limit, cursor } = parseQuery(listOwnersInput, input)
    return pageOf(
      { cursors, context: ['owners'], cursor, limit },
      (page) => owners.list(page),
      ({ id }) => ({ key: id, id }),
      ownerJson,
    )
  }
}
