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
  'keeps what a nested transaction staged, and gives back what it returned': onNested(forgotten),

  'undoes what a nested transaction staged when its work throws, and goes on': onNested(releasedAnyway),

  'refuses at the end of a nested transaction, and goes on without it': onTransactions(() => {
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

  'refuses at the end what the outer work had staged wrongly, whatever a nested transaction says of it':
    accepting('category_not_found', (trace) => called(trace, 'transact')),

  'reads no more what a failed nested transaction had staged and read': onTransactions(() => {
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

  'undoes alone what failed in a transaction nested in a nested one': onNested((tx, work, depth) =>
    depth > 1 ? work(tx) : tx.transact(work),
  ),

  'undoes a nested transaction that had ended well when the outer work throws': onTransactions(
    (scope, { unitOfWork }) => ({
      wrap: () => ({ transact: (work) => unitOfWork.transact({ ...scope, idempotency: null }, work) }),
    }),
  ),
}
