import { type Books, isReplay, type Scope } from '@daftari/application'
import { isDomainError } from '@daftari/domain'
import {
  aCategoryInput,
  anExpenseInput,
  anInvoiceInput,
  aPaymentInput,
  aScope,
  freshId,
} from '@daftari/testing'

/** What may come out of the books while the server is away. */
const CODES: ReadonlySet<string> = new Set(['unavailable', 'outcome_unknown', 'overloaded'])
const PAUSE_MS = 5

export interface Load {
  /** Writes that were acknowledged so far. */
  readonly acknowledged: number
  readonly refused: ReadonlyMap<string, number>
  /** What came out and should not have. */
  readonly unexpected: readonly unknown[]
  /** What was acknowledged, by owner: the ids of expenses and invoices that must be there. */
  readonly promises: ReadonlyMap<string, ReadonlySet<string>>
  stop(): Promise<void>
}

/** Workers that write without a rest, each in the books of its own owner; half of their writes carry a key and are repeated. */
export function startLoad(books: Books, workers: number): Load {
  let acknowledged = 0
  let isOver = false
  const refused = new Map<string, number>()
  const unexpected: unknown[] = []
  const promises = new Map<string, Set<string>>()

  async function attempt<View>(write: () => Promise<View>): Promise<View | null> {
    try {
      const view = await write()
      acknowledged += 1
      return view
    } catch (error) {
      const code = isDomainError(error) ? error.code : 'none'
      if (CODES.has(code)) refused.set(code, (refused.get(code) ?? 0) + 1)
      else unexpected.push(error)
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS))
      return null
    }
  }

  async function work(scope: Scope): Promise<void> {
    const promised = new Set<string>()
    promises.set(scope.ownerId, promised)
    let categoryId: string | null = null
    for (let round = 0; !isOver; round += 1) {
      const keyed = { ...scope, idempotencyKey: freshId() }
      if (categoryId === null) {
        const name = `Category ${round}`
        categoryId =
          (await attempt(() => books.categories.create(scope, aCategoryInput({ name }))))?.id ?? null
        continue
      }
      const input = anExpenseInput({ categoryId })
      const expense = await attempt(() => books.expenses.create(keyed, input))
      if (expense !== null) promised.add(expense.id)
      const again = await attempt(() => books.expenses.create(keyed, input))
      if (again !== null && expense !== null && !(isReplay(again) && again.id === expense.id)) {
        unexpected.push(new Error(`a repetition made ${again.id} beside ${expense.id}`))
      }
      const invoice = await attempt(() => books.invoices.create(scope, anInvoiceInput()))
      if (invoice === null) continue
      promised.add(invoice.id)
      await attempt(() => books.invoices.recordPayment(scope, { invoiceId: invoice.id }, aPaymentInput()))
    }
  }

  const ends = Array.from({ length: workers }, () => work(aScope()))
  return {
    get acknowledged() {
      return acknowledged
    },
    refused,
    unexpected,
    promises,
    async stop() {
      isOver = true
      await Promise.all(ends)
    },
  }
}
