import { describe, expect, test } from 'vitest'
import { at, later, paid, partlyPaid, pending, voided } from '../../../test/invoices.ts'
import { refusalOf } from '../../../test/refusal-of.ts'
import type { OpenInvoice } from '../invoice/invoice.ts'
import { clearUrgency, overrideUrgency } from './override-urgency.ts'
import type { UrgencyOverride } from './urgency.ts'

const high: UrgencyOverride = { level: 'high', reason: 'A good customer', setBy: 'amina', setAt: later }
const closed = [
  ['invoice_already_settled', paid()],
  ['invoice_void', voided()],
] as const

describe('setting the urgency by hand', () => {
  test.each([pending(), partlyPaid()])('of a $status invoice says who, when and why', (invoice) => {
    const state = { ...invoice, urgencyOverride: high, version: invoice.version + 1, updatedAt: later }
    expect(overrideUrgency(invoice, high)).toEqual({
      state,
      events: [
        {
          type: 'invoice.urgency_overridden',
          aggregateType: 'invoice',
          aggregateId: 'bill',
          version: state.version,
          at: later,
          before: invoice,
          after: state,
        },
      ],
    })
  })

  const { state: set } = overrideUrgency(pending(), high)

  test('a second time to the same, for the same reason, changes nothing', () => {
    const again = overrideUrgency(set, { ...high, setBy: 'bakari', setAt: at })
    expect(again.state).toBe(set)
    expect(again.events).toEqual([])
  })

  test.each([{ level: 'low' }, { reason: 'Another' }] as const)('again to %j replaces it', (other) => {
    const { state, events } = overrideUrgency(set, { ...high, ...other })
    expect(state.urgencyOverride).toEqual({ ...high, ...other })
    expect(events.map(({ type, version }) => [type, version])).toEqual([['invoice.urgency_overridden', 3]])
  })

  test.each(closed)('R17 refuses with %s where nothing is to be paid', (code, invoice) => {
    const closedInvoice = invoice as unknown as OpenInvoice
    expect(refusalOf(() => overrideUrgency(closedInvoice, high))).toEqual({
      code,
      details: { invoiceId: 'bill' },
    })
  })
})

describe('clearing it', () => {
  test('lets the date decide again', () => {
    const { state: set } = overrideUrgency(pending(), high)
    const state = { ...set, urgencyOverride: null, version: 3, updatedAt: at }
    expect(clearUrgency(set, at)).toEqual({
      state,
      events: [
        {
          type: 'invoice.urgency_cleared',
          aggregateType: 'invoice',
          aggregateId: 'bill',
          version: 3,
          at,
          before: set,
          after: state,
        },
      ],
    })
  })

  test('changes nothing where none is set', () => {
    const invoice = pending()
    const cleared = clearUrgency(invoice, later)
    expect(cleared.state).toBe(invoice)
    expect(cleared.events).toEqual([])
  })

  test.each(closed)('refuses with %s where nothing is to be paid', (code, invoice) => {
    expect(refusalOf(() => clearUrgency(invoice as unknown as OpenInvoice, at)).code).toBe(code)
  })
})
