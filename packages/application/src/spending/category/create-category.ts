import { type CategoryId, createCategory as decide } from '@daftari/domain'
import { parse } from '../../kernel/input/parse.ts'
import type { TransactionScope } from '../../kernel/ports.ts'
import type { Ports } from '../../ports.ts'
import type { OwnerSettings } from '../../settings/ports.ts'
import {
  type CategoryView,
  type CreateCategoryInput,
  categoryJson,
  createCategoryInput,
  UNUSED,
} from './category-shapes.ts'

type Deps = Pick<Ports, 'unitOfWork' | 'clock' | 'ids'> & { readonly settings: OwnerSettings }

/** @throws validation_failed, category_name_taken, category_limit_reached */
export function createCategory({ unitOfWork, clock, ids, settings }: Deps) {
  return async function createCategory(
    scope: TransactionScope,
    input: CreateCategoryInput,
  ): Promise<CategoryView> {
    const { name } = parse(createCategoryInput, input)
    const { maxCategories, baseCurrency } = await settings.current(scope.ownerId)
    return unitOfWork.transact(scope, async (tx) => {
      const existing = await tx.categories.lockAll()
      const category = { id: ids.next<CategoryId>(), name, at: clock.now(), by: scope.actorId }
      const { state, events } = decide(category, existing, maxCategories)
      tx.categories.insert(state)
      tx.events.append(events)
      return categoryJson(state, UNUSED, baseCurrency)
    })
  }
}
