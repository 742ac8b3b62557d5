import { type CategoryId, renameCategory } from '@daftari/domain'
import { found, idOf } from '../../kernel/input/found.ts'
import { parse } from '../../kernel/input/parse.ts'
import { onVersion, requireVersion } from '../../kernel/input/precondition.ts'
import type { TransactionScope } from '../../kernel/ports.ts'
import type { Ports } from '../../ports.ts'
import type { OwnerSettings } from '../../settings/ports.ts'
import {
  type CategoryTarget,
  type CategoryView,
  categoryChange,
  categoryJson,
  type UpdateCategoryInput,
} from './category-shapes.ts'

type Deps = Pick<Ports, 'unitOfWork' | 'clock'> & { readonly settings: OwnerSettings }

/** @throws not_found, precondition_required, concurrent_change, validation_failed, category_name_taken */
export function updateCategory({ unitOfWork, clock, settings }: Deps) {
  return async function updateCategory(
    scope: TransactionScope,
    { categoryId, version }: CategoryTarget,
    fields: UpdateCategoryInput,
  ): Promise<CategoryView> {
    const id = idOf<CategoryId>('category', categoryId)
    const { baseCurrency } = await settings.current(scope.ownerId)
    return onVersion(version, () =>
      unitOfWork.transact(scope, async (tx) => {
        const existing = await tx.categories.lockAll()
        const category = found('category', id, existing.find((one) => one.id === id) ?? null)
        requireVersion('category', category, version)
        const { name } = parse(categoryChange, fields)
        const { state, events } = renameCategory(category, name ?? category.name, existing, clock.now())
        if (events.length > 0) tx.categories.update(state, category.version)
        tx.events.append(events)
        return categoryJson(state, await tx.expenses.usageOf(id), baseCurrency)
      }),
    )
  }
}
