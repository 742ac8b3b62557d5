import {
  type AttachmentId,
  type CategoryId,
  DomainError,
  type ExpenseId,
  recordExpense,
  requireAttachments,
} from '@daftari/domain'
import { errorMeanings } from '../../contexts.ts'
import { type BulkInput, type BulkView, bulkInput, takeEach } from '../../kernel/bulk/bulk.ts'
import { parse } from '../../kernel/input/parse.ts'
import { occasionOf } from '../../kernel/occasion.ts'
import type { TransactionScope } from '../../kernel/ports.ts'
import type { Ports } from '../../ports.ts'
import type { OwnerSettings } from '../../settings/ports.ts'
import {
  type CreateExpenseInput,
  createExpenseInput,
  type ExpenseView,
  expenseRecord,
  namingItem,
} from './expense-shapes.ts'

type Deps = Pick<Ports, 'unitOfWork' | 'clock' | 'ids'> & { readonly settings: OwnerSettings }

/** Records up to 1,000 expenses at once. @throws validation_failed, category_not_found, attachment_not_found */
export function createExpenses({ unitOfWork, clock, ids, settings }: Deps) {
  return async function createExpenses(
    scope: TransactionScope,
    input: BulkInput<CreateExpenseInput>,
  ): Promise<BulkView<ExpenseView>> {
    const bulk = parse(bulkInput, input)
    const settingsNow = await settings.current(scope.ownerId)
    return unitOfWork.transact(scope, async (tx) => {
      const named = namedIn(bulk.items)
      const known = new Set((await tx.categories.findMany(named.categoryIds)).map(({ id }) => id))
      const files = named.attachmentIds.length === 0 ? [] : await tx.attachments.findMany(named.attachmentIds)
      const linked = new Set<AttachmentId>()
      const { at, by, today } = occasionOf(scope, settingsNow, clock)
      const rules = { ...settingsNow, today }
      const take = (item: unknown): ExpenseView => {
        const facts = parse(createExpenseInput, item)
        const expense = { id: ids.next<ExpenseId>(), ...facts, at, by }
        const { state, events } = recordExpense(expense, rules)
        const { categoryId } = state
        if (!known.has(categoryId)) throw new DomainError('category_not_found', { categoryId })
        requireAttachments(state.attachmentIds, files, at)
        state.attachmentIds.forEach((id) => {
          linked.add(id)
        })
        tx.expenses.insert(state)
        tx.events.append(events)
        return expenseRecord(state)
      }
      const view = takeEach(bulk, take, errorMeanings)
      if (linked.size > 0) tx.attachments.link([...linked], at)
      return view
    })
  }
}

/**
 * The ids of the categories and files that the items refer to. They are collected before the items are validated, so
 * that all can be loaded at once.
 */
function namedIn(items: readonly unknown[]): { categoryIds: CategoryId[]; attachmentIds: AttachmentId[] } {
  const categoryIds = new Set<CategoryId>()
  const attachmentIds = new Set<AttachmentId>()
  for (const item of items) {
    const { success, data } = namingItem.safeParse(item)
    if (!success) continue
    categoryIds.add(data.categoryId)
    for (const id of data.attachmentIds ?? []) attachmentIds.add(id)
  }
  return { categoryIds: [...categoryIds], attachmentIds: [...attachmentIds] }
}
