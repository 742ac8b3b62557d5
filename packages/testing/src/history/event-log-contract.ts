import assert from 'node:assert/strict'
import { type AggregateType, type DomainEvent, type EventRecord, eventRecord } from '@daftari/application'
import { DomainError, isUuid, money } from '@daftari/domain'
import { anAttachment, attachmentEvent } from '../files/file-builders.ts'
import type { Contract, ContractCase } from '../kernel/contract.ts'
import { at } from '../kernel/fresh.ts'
import { change, type OwnerBooks, onlyOneOf, refusal, scopeOf } from '../kernel/steps.ts'
import { withPayments } from '../payables/invoice-states.ts'
import { anInvoice, aPayment, invoiceEvent } from '../payables/payables-builders.ts'
import { settingsEvent, someSettings } from '../settings/settings-builders.ts'
import { aCategory, anExpense, categoryEvent, expenseEvent } from '../spending/spending-builders.ts'
import { storedCategory } from '../spending/spending-steps.ts'

async function recordsOf(desk: OwnerBooks, event: DomainEvent): Promise<readonly EventRecord[]> {
  const { aggregateType, aggregateId } = event
  const page = { before: null, limit: 100 }
  return desk.ports.queries.history.list(desk.ownerId, aggregateType, aggregateId, page)
}

/** Stores the event and demands the record that belongs to it, byte for byte. */
function bodyCase(aggregate: AggregateType, eventOf: (desk: OwnerBooks) => DomainEvent): ContractCase {
  return {
    name: `keeps the exact text of an event of kind ${aggregate}`,
    async run(harness) {
      const event = eventOf(harness)
      await change(harness, (tx) => tx.events.append([event]))
      const [record] = await recordsOf(harness, event)
      assert.ok(record)
      assert.deepEqual(record, eventRecord(scopeOf(harness), record.id, event))
    },
  }
}

const created = () => categoryEvent('category.created', { after: aCategory() })

/** How events are appended. */
export const eventLogContract: Contract = {
  name: 'events',
  cases: [
    {
      name: 'stores an event as a CloudEvents envelope with the record, without computed fields, as data',
      async run(harness) {
        const { ownerId } = harness
        const before = anInvoice({ total: money.of(100n, 'TZS') })
        const after = withPayments(before, [aPayment({ amount: money.of(40n, 'TZS') })])
        const event = invoiceEvent('invoice.payment_recorded', { before, after: { ...after, version: 1 } })
        await change(harness, (tx) => tx.events.append([event]))
        const [record] = await recordsOf(harness, event)
        const { data, ...envelope } = JSON.parse(record?.body ?? '{}')
        assert.deepEqual(envelope, {
          specversion: '1.0',
          id: record?.id,
          source: `/owners/${ownerId}`,
          type: 'invoice.payment_recorded',
          subject: before.id,
          time: '2026-11-21T09:00:00.000Z',
          datacontenttype: 'application/json',
          aggregatetype: 'invoice',
          aggregateversion: 1,
          actor: 'an-actor',
        })
        assert.deepEqual(data.after.payments[0].amount, { amount: '0.40', currency: 'TZS' })
        for (const computed of ['paid', 'balance', 'isOverdue']) assert.equal(computed in data.after, false)
      },
    },
    bodyCase('category', () =>
      categoryEvent('category.created', { after: aCategory({ name: 'Ofisi "Kariakoo" \u2028 \\ 🏢' }) }),
    ),
    bodyCase('expense', () => expenseEvent('expense.created', { after: anExpense({ description: 'a\tb' }) })),
    bodyCase('invoice', () => invoiceEvent('invoice.registered', { after: anInvoice({ notes: 'a\nb' }) })),
    bodyCase('attachment', () => attachmentEvent(anAttachment())),
    bodyCase('settings', ({ ownerId }) => settingsEvent({ after: someSettings(ownerId) })),
    {
      name: 'gives every event its own UUID, and stores its time to the millisecond',
      async run(harness) {
        const category = aCategory({ updatedAt: at('2026-11-21T09:00:00.042Z') })
        const event = categoryEvent('category.created', { after: category })
        const other = created()
        await change(harness, (tx) => tx.events.append([event, other]))
        const [[one], [two]] = [await recordsOf(harness, event), await recordsOf(harness, other)]
        assert.ok(one && two && isUuid(one.id) && isUuid(two.id))
        assert.notEqual(one.id, two.id)
        assert.equal(one.at, category.updatedAt)
      },
    },
    {
      name: 'refuses an event of a version that already exists',
      async run(harness) {
        const event = created()
        await change(harness, (tx) => tx.events.append([event]))
        await refusal(
          change(harness, (tx) => tx.events.append([event])),
          'concurrent_change',
        )
      },
    },
    {
      name: 'accepts one of two concurrent transactions that append the same version',
      async run(harness) {
        const event = created()
        const attempts = [1, 2].map(() => change(harness, (tx) => tx.events.append([event])))
        await onlyOneOf(attempts, 'concurrent_change')
        assert.equal((await recordsOf(harness, event)).length, 1)
      },
    },
    {
      name: 'stores no event of a transaction that is refused',
      async run(harness) {
        const category = await storedCategory(harness, { name: 'Travel' })
        const event = created()
        const attempt = change(harness, (tx) => {
          tx.events.append([event])
          tx.categories.insert({ ...aCategory(), name: category.name })
        })
        await refusal(attempt, 'category_name_taken')
        assert.deepEqual(await recordsOf(harness, event), [])
      },
    },
    {
      name: 'stores no event of a nested transaction that failed',
      async run(harness) {
        const event = created()
        await change(harness, async (tx) => {
          const nested = tx.transact(async (inner) => {
            inner.events.append([event])
            throw new DomainError('unavailable', {})
          })
          await refusal(nested, 'unavailable')
        })
        assert.deepEqual(await recordsOf(harness, event), [])
      },
    },
  ],
}
