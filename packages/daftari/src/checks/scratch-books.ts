import type { Ports, Transaction } from '@daftari/application'
import {
  type CategoryId,
  createCategory,
  defaultSettings,
  type ExpenseId,
  type LocalDate,
  money,
  recordExpense,
} from '@daftari/domain'

/** Thrown to roll the transaction back. It carries the result out of it. */
class Finished<Result> extends Error {
  readonly result: Result

  constructor(result: Result) {
    super('the check is finished')
    this.result = result
  }
}

/**
 * An owner who does not exist. The id is always the same, because the store keeps a row for every owner that a transaction was opened for, even
 * after a rollback of its records.
 */
export const NOBODY = '00000000-0000-7000-8000-000000000000'

/** Runs `work` on the books of an owner who does not exist, and rolls everything back. */
async function onScratchBooks<Result>(
  { unitOfWork }: Ports,
  work: (tx: Transaction) => Promise<Result>,
): Promise<Result> {
  const scope = { ownerId: NOBODY, actorId: 'daftari doctor', idempotency: null }
  try {
    await unitOfWork.transact(scope, async (tx) => {
      throw new Finished(await work(tx))
    })
  } catch (error) {
    if (error instanceof Finished) return error.result
    throw error
  }
  throw new Error('a transaction that threw was not rolled back')
}

export async function checkRepositories(ports: Ports): Promise<readonly string[]> {
  return onScratchBooks(ports, async (tx) => {
    await tx.categories.lockAll()
    const { category, expense } = records(ports)
    tx.categories.insert(category)
    tx.expenses.insert(expense)
    const [foundCategory, foundExpense] = [
      await tx.categories.find(category.id),
      await tx.expenses.find(expense.id),
    ]
    if (foundCategory?.name !== category.name) throw new Error('a category was not found again')
    if (foundExpense?.amount.amountMinor !== expense.amount.amountMinor) {
      throw new Error('an expense was not found again')
    }
    return ['a category and an expense were stored, found and rolled back']
  })
}

export async function checkTransactions(ports: Ports): Promise<readonly string[]> {
  return onScratchBooks(ports, async (tx) => {
    await tx.categories.lockAll()
    const { category } = records(ports)
    await tx
      .transact(async (nested) => {
        nested.categories.insert(category)
        if ((await nested.categories.find(category.id)) === null)
          throw new Error('a write was not seen by a read')
        throw new Finished(null)
      })
      .catch((error) => {
        if (!(error instanceof Finished)) throw error
      })
    if ((await tx.categories.find(category.id)) !== null)
      throw new Error('a savepoint did not undo its writes')
    return ['savepoints and rollbacks work']
  })
}

const LARGEST = 99_999_999_999_999_999n

/** Sums two amounts whose sum a floating point number cannot represent. */
export async function checkCurrency(ports: Ports): Promise<readonly string[]> {
  return onScratchBooks(ports, async (tx) => {
    await tx.categories.lockAll()
    const { category, expense } = records(ports)
    tx.categories.insert(category)
    for (const amountMinor of [LARGEST, 2n]) {
      tx.expenses.insert({
        ...expense,
        id: ports.ids.next<ExpenseId>(),
        amount: money.of(amountMinor, 'TZS'),
      })
    }
    const { totalMinor } = await tx.expenses.usageOf(category.id)
    if (totalMinor !== LARGEST + 2n) throw new Error(`the sum is ${totalMinor}, not ${LARGEST + 2n}`)
    return ['sums are exact to the cent']
  })
}

function records({ ids, clock }: Ports) {
  const [at, by] = [clock.now(), 'daftari doctor']
  const category = createCategory({ id: ids.next<CategoryId>(), name: 'Doctor', at, by }, [], 1).state
  const facts = {
    id: ids.next<ExpenseId>(),
    amount: money.of(12_500_00n, 'TZS'),
    categoryId: category.id,
    expenseDate: '2026-01-01' as LocalDate,
    description: 'Doctor',
    attachmentIds: [],
  }
  const rules = { today: facts.expenseDate, ...defaultSettings('') }
  return { category, expense: recordExpense({ ...facts, at, by }, rules).state }
}
