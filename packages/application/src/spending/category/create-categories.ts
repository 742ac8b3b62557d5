import { type CategoryId, createCategory as decide } from '@daftari/domain'
import { type BulkInput, type BulkView, bulkInput, takeEach } from '../../kernel/bulk/bulk.ts'
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

/** Creates up to 1,000 categories at once. @throws validation_failed, category_name_taken, category_limit_reached */
export function createCategories({ unitOfWork, clock, ids, settings }: Deps) {
  return async function createCategories(
    scope: TransactionScope,
    input: BulkInput<CreateCategoryInput>,
  ): Promise<BulkView<CategoryView>> {
    const bulk = parse(bulkInput, input)
    const { maxCategories, baseCurrency } = await settings.current(scope.ownerId)
    return unitOfWork.transact(scope, async (tx) => {
      const existing = [...(await tx.categories.lockAll())]
      return takeEach(bulk, (item) => {
        const { name } = parse(createCategoryInput, item)
        const category = { id: ids.next<CategoryId>(), name, at: clock.now(), by: scope.actorId }
        const { state, events } = decide(category, existing, maxCategories)
        existing.push(state)
        tx.categories.insert(state)
        tx.events.append(events)
        return categoryJson(state, UNUSED, baseCurrency)
      })
    })
  }
}
