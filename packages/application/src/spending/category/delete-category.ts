import {
  type Category,
  type CategoryId,
  DomainError,
  deleteCategory as decide,
  isUuid,
  moveExpense,
} from '@daftari/domain'
import { found, idOf } from '../../kernel/input/found.ts'
import { parseQuery } from '../../kernel/input/parse-query.ts'
import { onVersion, requireVersion } from '../../kernel/input/precondition.ts'
import type { TransactionScope } from '../../kernel/ports.ts'
import type { Ports, Transaction } from '../../ports.ts'
import { type CategoryTarget, type DeleteCategoryInput, deleteCategoryQuery } from './category-shapes.ts'

type Deps = Pick<Ports, 'unitOfWork' | 'clock'>

const MOST_MOVED = 10_000

/**
 * Deletes a category. With `mergeInto`, its expenses are moved to that category first.
 * @throws invalid_query, not_found, precondition_required, concurrent_change, category_not_found, category_in_use,
 * merge_too_large
 */
export function deleteCategory({ unitOfWork, clock }: Deps) {
  return async function deleteCategory(
    scope: TransactionScope,
    { categoryId, version }: CategoryTarget,
    query: DeleteCategoryInput = {},
  ): Promise<{ readonly movedExpenses: number }> {
    const { mergeInto } = parseQuery(deleteCategoryQuery, query)
    const id = idOf<CategoryId>('category', categoryId)
    return onVersion(version, () =>
      unitOfWork.transact(scope, async (tx) => {
        const category = found('category', id, await tx.categories.find(id))
        requireVersion('category', category, version)
        const movedExpenses = mergeInto === undefined ? 0 : await merge(tx, category, mergeInto, clock)
        const left = movedExpenses > 0 ? 0 : (await tx.expenses.usageOf(id)).expenseCount
        tx.events.append([decide(category, left, clock.now())])
        tx.categories.delete(category)
        return { movedExpenses }
      }),
    )
  }
}

async function merge(
  tx: Transaction,
  source: Category,
  mergeInto: string,
  clock: Deps['clock'],
): Promise<number> {
  const target = isUuid(mergeInto) ? await tx.categories.find(mergeInto as CategoryId) : null
  if (target === null || target.id === source.id) {
    throw new DomainError('category_not_found', { categoryId: mergeInto, pointer: '/mergeInto' })
  }
  const expenses = await tx.expenses.listByCategory(source.id, MOST_MOVED + 1)
  if (expenses.length > MOST_MOVED) {
    const { expenseCount } = await tx.expenses.usageOf(source.id)
    throw new DomainError('merge_too_large', { expenseCount, limit: MOST_MOVED })
  }
  const moves = expenses.map((expense) => moveExpense(expense, target.id, clock.now()))
  moves.forEach(({ state }) => {
    tx.expenses.update(state, state.version - 1)
  })
  tx.events.append(moves.flatMap(({ events }) => events))
  return moves.length
}
