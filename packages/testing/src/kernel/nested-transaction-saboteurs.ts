import type { Transaction } from '@daftari/application'
import { isDomainError } from '@daftari/domain'
import { accepting, called } from './sabotage/constraints.ts'
import { overlay, type Saboteurs } from './sabotage/overlay.ts'
import { onNested, onTransactions } from './sabotage/transactions.ts'

/** Sends what the work staged and undoes it when the work ended well, unless another was nested in it. */
async function forgotten<Result>(
  tx: Transaction,
  work: (tx: Transaction) => Promise<Result>,
): Promise<Result> {
  const kept: Result[] = []
  let isNesting = false
  const undone = new Error('undone')
  try {
    return await tx.transact(async (nested) => {
      const watched = overlay(nested, {
        transact(inner) {
          isNesting = true
          return nested.transact(inner)
        },
      })
      const result = await work(watched)
      if (isNesting) return result
      await nested.settings.get()
      kept[0] = result
      throw undone
    })
  } catch (failure) {
    if (failure !== undone) throw failure
    return kept[0] as Result
  }
}

/** Releases the savepoint instead of undoing it, unless a rule refused. */
async function releasedAnyway<Result>(
  tx: Transaction,
  work: (tx: Transaction) => Promise<Result>,
): Promise<Result> {
  const failures: unknown[] = []
  const result = await tx.transact(async (nested) => {
    try {
      return await work(nested)
    } catch (failure) {
      if (isDomainError(failure)) throw failure
      failures.push(failure)
      return null
    }
  })
  if (failures.length > 0) throw failures[0]
  return result as Result
}

export const nestedTransactionSaboteurs: Saboteurs = {
  'keeps the writes of a nested transaction, and returns its result': onNested(forgotten),

  'undoes the writes of a nested transaction when its work throws, and continues': onNested(releasedAnyway),

  'refuses at the end of a nested transaction, and continues without its writes': onTransactions(() => {
    const late: unknown[] = []
    async function transact<Result>(
      tx: Transaction,
      work: (tx: Transaction) => Promise<Result>,
    ): Promise<Result> {
      const kept: Result[] = []
      try {
        return await tx.transact(async (nested) => {
          kept[0] = await work(nested)
          return kept[0]
        })
      } catch (failure) {
        if (kept.length === 0) throw failure
        late.push(failure)
        return kept[0] as Result
      }
    }
    return {
      wrap: (tx) => ({ transact: (work) => transact(tx, work) }),
      end() {
        if (late.length > 0) throw late[0]
      },
    }
  }),

  'refuses at the end a wrong write from before a nested transaction, even when the nested transaction failed because of it':
    accepting('category_not_found', (trace) => called(trace, 'transact')),

  'does not read the undone writes of a failed nested transaction': onTransactions(() => {
    const usages = new Map<string, Awaited<ReturnType<Transaction['expenses']['usageOf']>>>()
    return {
      wrap: ({ expenses }) => ({
        expenses: overlay(expenses, {
          async usageOf(id) {
            const usage = usages.get(id) ?? (await expenses.usageOf(id))
            usages.set(id, usage)
            return usage
          },
        }),
      }),
    }
  }),

  'undoes only the innermost transaction when only that one fails': onNested((tx, work, depth) =>
    depth > 1 ? work(tx) : tx.transact(work),
  ),

  'undoes a completed nested transaction when the outer work throws': onTransactions(
    (scope, { unitOfWork }) => ({
      wrap: () => ({ transact: (work) => unitOfWork.transact({ ...scope, idempotency: null }, work) }),
    }),
  ),
}
