import type { Category } from '@daftari/domain'
import { DomainError, defaultSettings, foldName, isDomainError } from '@daftari/domain'
import { accepting, called, onQueriesKnowing } from './sabotage/constraints.ts'
import { overlay, type Saboteurs } from './sabotage/overlay.ts'
import { onRepository, onTransactions } from './sabotage/transactions.ts'

const LONGEST_BATCH = 200

export const unitOfWorkSaboteurs: Saboteurs = {
  'returns the same object that the work returned': (ports) =>
    overlay(ports, {
      unitOfWork: {
        transact: async (scope, work) => structuredClone(await ports.unitOfWork.transact(scope, work)),
      },
    }),

  'stores every write of a long transaction': onTransactions(() => {
    let count = 0
    return {
      wrap: ({ expenses }) => ({
        expenses: overlay(expenses, {
          insert(expense) {
            count += 1
            if (count <= LONGEST_BATCH) expenses.insert(expense)
          },
        }),
      }),
    }
  }),

  'stores nothing when the work throws, neither writes sent before a read nor after it (F01)': (ports) =>
    overlay(ports, {
      unitOfWork: {
        async transact(scope, work) {
          const failures: unknown[] = []
          const result = await ports.unitOfWork.transact(scope, async (tx) => {
            try {
              return await work(tx)
            } catch (failure) {
              if (isDomainError(failure)) throw failure
              failures.push(failure)
              return null
            }
          })
          if (result === null && failures.length > 0) throw failures[0]
          return result as Awaited<ReturnType<typeof work>>
        },
      },
    }),

  'rejects with the same error that the work threw (F10)': (ports) =>
    overlay(ports, {
      unitOfWork: {
        async transact(scope, work) {
          try {
            return await ports.unitOfWork.transact(scope, work)
          } catch (failure) {
            if (isDomainError(failure)) throw failure
            throw new Error('the transaction failed', { cause: failure })
          }
        },
      },
    }),

  'stores writes in the order staged, so that a name freed by a renaming can be taken after it':
    onTransactions(() => {
      const updates: (() => void)[] = []
      return {
        wrap: ({ categories }) => ({
          categories: overlay(categories, {
            update: (category, version) => updates.push(() => categories.update(category, version)),
          }),
        }),
        end() {
          for (const update of updates) update()
        },
      }
    }),

  'refuses at the end of the work, never at the staging call': onTransactions(() => {
    const names = new Set<string>()
    return {
      wrap: ({ categories }) => ({
        categories: overlay(categories, {
          insert(category) {
            const { name } = category
            if (names.has(foldName(name))) throw new DomainError('category_name_taken', { name })
            names.add(foldName(name))
            categories.insert(category)
          },
        }),
      }),
    }
  }),

  'refuses a wrong write at the next read': onRepository('settings', (settings, _, scope) => ({
    get: () => settings.get().catch(() => defaultSettings(scope.ownerId)),
  })),

  'rejects at the end when a write was refused at a read and the work continued, and stores nothing':
    accepting('category_not_found', (trace) => called(trace, 'categories.findMany')),

  'shows staged writes to no other caller before the work ends': onQueriesKnowing(
    'categories',
    (queries, ledger) => ({
      async find(ownerId, id) {
        const found = await queries.find(ownerId, id)
        const calls = [...ledger.underWay].flatMap((trace) => trace.calls)
        const inserted = calls.filter(({ method }) => method === 'categories.insert')
        const category = inserted.map(({ given }) => given[0] as Category).find((one) => one.id === id)
        return found ?? (category === undefined ? null : { category, expenseCount: 0, totalMinor: 0n })
      },
    }),
  ),
}
