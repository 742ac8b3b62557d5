import assert from 'node:assert/strict'
import type { AttachmentId, Expense, Invoice, Settings } from '@daftari/domain'
import type { Contract } from '../kernel/contract.ts'
import { freshId } from '../kernel/fresh.ts'
import { change, look, scopeOf } from '../kernel/steps.ts'
import { withPayments } from '../payables/invoice-states.ts'
import { anInvoice, aPayment } from '../payables/payables-builders.ts'
import { storedInvoice } from '../payables/payables-steps.ts'
import { someSettings } from '../settings/settings-builders.ts'
import { aCategory, anExpense, categoryEvent } from '../spending/spending-builders.ts'
import { storedCategory, storedExpense } from '../spending/spending-steps.ts'

/** Writes over all that can be written over: the types forbid it, programs do it. */
export function spoil(value: unknown): void {
  if (typeof value !== 'object' || value === null) return
  for (const [name, entry] of Object.entries(value)) {
    spoil(entry)
    Reflect.set(value, name, 'spoilt')
  }
}

/** Structured clones share nothing and are not frozen. */
function looseExpense({ id: categoryId }: { readonly id: Expense['categoryId'] }): Expense {
  return structuredClone(anExpense({ categoryId, attachmentIds: [freshId<AttachmentId>()] }))
}

function looseInvoice(): Invoice {
  return structuredClone(anInvoice({ attachmentIds: [freshId<AttachmentId>()] }))
}

function looseSettings(ownerId: string): Settings {
  return structuredClone(someSettings(ownerId, { maxCategories: 8 }))
}

/** What becomes of what was given or got is the caller's own affair. */
export const referenceContract: Contract = {
  name: 'shared references',
  cases: [
    {
      name: 'keeps an expense when the given object is changed later',
      async run(harness) {
        const { ports, ownerId } = harness
        const expense = looseExpense(await storedCategory(harness))
        const copy = structuredClone(expense)
        await change(harness, (tx) => tx.expenses.insert(expense))
        spoil(expense)
        assert.deepEqual(await ports.queries.expenses.find(ownerId, copy.id), copy)
      },
    },
    {
      name: 'keeps an expense when an object from a query is changed later',
      async run(harness) {
        const { ports, ownerId } = harness
        const expense = await storedExpense(harness, looseExpense(await storedCategory(harness)))
        const copy = structuredClone(expense)
        spoil(await ports.queries.expenses.find(ownerId, expense.id))
        assert.deepEqual(await ports.queries.expenses.find(ownerId, copy.id), copy)
      },
    },
    {
      name: 'keeps an expense when an object that a transaction found is changed later',
      async run(harness) {
        const expense = await storedExpense(harness, looseExpense(await storedCategory(harness)))
        const copy = structuredClone(expense)
        spoil(await look(harness, (tx) => tx.expenses.find(expense.id)))
        assert.deepEqual(await look(harness, (tx) => tx.expenses.find(copy.id)), copy)
      },
    },
    {
      name: 'keeps an invoice and its payments when the given object is changed later',
      async run(harness) {
        const { ports, ownerId } = harness
        const invoice = looseInvoice()
        const paid = structuredClone(withPayments(invoice, [aPayment()]))
        const copy = structuredClone(paid)
        await storedInvoice(harness, invoice, paid)
        spoil(paid)
        assert.deepEqual(await ports.queries.invoices.find(ownerId, copy.id), copy)
      },
    },
    {
      name: 'keeps an invoice and its payments when an object from a query is changed later',
      async run(harness) {
        const { ports, ownerId } = harness
        const invoice = looseInvoice()
        const paid = await storedInvoice(
          harness,
          invoice,
          structuredClone(withPayments(invoice, [aPayment()])),
        )
        const copy = structuredClone(paid)
        spoil(await ports.queries.invoices.find(ownerId, paid.id))
        assert.deepEqual(await ports.queries.invoices.find(ownerId, copy.id), copy)
      },
    },
    {
      name: 'keeps settings when the given object is changed later',
      async run(harness) {
        const { ports, ownerId } = harness
        const settings = looseSettings(ownerId)
        const copy = structuredClone(settings)
        await change(harness, (tx) => tx.settings.update(settings, 0))
        spoil(settings)
        assert.deepEqual(await ports.queries.settings.get(ownerId), copy)
      },
    },
    {
      name: 'keeps settings when an object from a query is changed later',
      async run(harness) {
        const { ports, ownerId } = harness
        const settings = looseSettings(ownerId)
        const copy = structuredClone(settings)
        await change(harness, (tx) => tx.settings.update(settings, 0))
        spoil(await ports.queries.settings.get(ownerId))
        assert.deepEqual(await ports.queries.settings.get(ownerId), copy)
      },
    },
    {
      name: 'keeps events when an object from a query is changed later',
      async run(harness) {
        const { ports, ownerId } = harness
        const event = categoryEvent('category.created', { after: aCategory() })
        await change(harness, (tx) => tx.events.append([event]))
        const page = { before: null, limit: 1 }
        const read = () => ports.queries.history.list(ownerId, 'category', event.aggregateId, page)
        const copy = structuredClone(await read())
        spoil(await read())
        assert.deepEqual(await read(), copy)
      },
    },
    {
      name: 'keeps the result under a key when the found object is changed later',
      async run(harness) {
        const { ports, ownerId } = harness
        await ports.unitOfWork.transact(scopeOf(harness, 'a key'), async () => ({ total: 1 }))
        spoil(await ports.queries.idempotency.find(ownerId, 'a key'))
        assert.equal((await ports.queries.idempotency.find(ownerId, 'a key'))?.result, '{"total":1}')
      },
    },
  ],
}
