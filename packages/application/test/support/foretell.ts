import {
  type ModelFacts,
  type ModelInvoice,
  ModelRefusal,
  type ModelWorld,
  modelView,
  paidOf,
  refuse,
  refuseBadFacts,
  refuseTwin,
  statusOf,
} from './invoice-model.ts'
import { centsOf, paymentOf, type Step, targetOf } from './invoice-steps.ts'
import type { Answer } from './perform-step.ts'

/** What the books must answer, and what they hold then. `fresh`: the ids that the books gave. */
export function foretell(
  known: ModelInvoice[],
  one: Step,
  ownerId: string,
  world: ModelWorld,
  fresh: Answer,
): Answer {
  try {
    const next = one.do === 'create' ? created(known, one.facts, ownerId, world, fresh) : changed()
    return modelView(next, 'amina', world)
  } catch (refusal) {
    if (!(refusal instanceof ModelRefusal)) throw refusal
    return { refused: refusal.code }
  }

  function changed(): ModelInvoice {
    const targeted = one as Exclude<Step, { do: 'create' }>
    const invoice = targetOf(known, targeted)
    if (invoice?.ownerId !== ownerId) return refuse('not_found')
    if (targeted.do === 'reverse' && paymentOf(invoice, targeted) === undefined) refuse('not_found')
    if (targeted.version === 'none' && targeted.do !== 'pay') refuse('precondition_required')
    if (targeted.version === 'stale') refuse('concurrent_change')
    const next = after(invoice, targeted, known, world, fresh)
    known[known.indexOf(invoice)] = next
    return next
  }
}

function created(
  known: ModelInvoice[],
  said: ModelFacts,
  ownerId: string,
  { now }: ModelWorld,
  fresh: Answer,
): ModelInvoice {
  refuseBadFacts(said)
  refuseTwin(
    said,
    known.filter((other) => other.ownerId === ownerId),
  )
  const blank = { version: 1, isVoid: false, voidReason: null, payments: [], urgency: null }
  const id = 'id' in fresh ? fresh.id : ''
  const invoice = { ...said, ...blank, id, ownerId, createdAt: now, updatedAt: now }
  known.push(invoice)
  return invoice
}

function after(
  invoice: ModelInvoice,
  one: Exclude<Step, { do: 'create' }>,
  known: readonly ModelInvoice[],
  { now }: ModelWorld,
  fresh: Answer,
): ModelInvoice {
  const { payments } = invoice
  const by = (versions: number, change: Partial<ModelInvoice>): ModelInvoice => ({
    ...invoice,
    ...change,
    version: invoice.version + versions,
    updatedAt: now,
  })
  switch (one.do) {
    case 'pay': {
      const cents = centsOf(invoice, one.cents)
      if (cents === 0 || !one.isToday) refuse('validation_failed')
      refuseClosed(invoice)
      const left = invoice.total - paidOf(invoice)
      if (cents > left) refuse('payment_exceeds_balance')
      const id = 'payments' in fresh ? (fresh.payments.at(-1)?.id ?? '') : ''
      const payment = { id, cents, createdAt: now, reversedAt: null }
      return by(cents === left ? 2 : 1, { payments: [...payments, payment] })
    }
    case 'reverse': {
      if (invoice.isVoid) refuse('invoice_void')
      const taken = paymentOf(invoice, one)
      if (taken?.reversedAt !== null) refuse('payment_already_reversed')
      return by(1, {
        payments: payments.map((each) => (each === taken ? { ...each, reversedAt: now } : each)),
      })
    }
    case 'change':
      return rewritten(invoice, one.facts, known, by)
    case 'hurry': {
      refuseClosed(invoice)
      return invoice.urgency?.level === one.level
        ? invoice
        : by(1, { urgency: { level: one.level, setAt: now } })
    }
    case 'calm':
      refuseClosed(invoice)
      return invoice.urgency === null ? invoice : by(1, { urgency: null })
    case 'void': {
      if (one.reason === '') refuse('validation_failed')
      if (invoice.isVoid) refuse('invoice_void')
      if (paidOf(invoice) > 0) refuse('invoice_has_payments')
      return by(1, { isVoid: true, voidReason: one.reason })
    }
  }
}

function refuseClosed(invoice: ModelInvoice): void {
  if (statusOf(invoice) === 'void') refuse('invoice_void')
  if (statusOf(invoice) === 'paid') refuse('invoice_already_settled')
}

function rewritten(
  invoice: ModelInvoice,
  said: Partial<ModelFacts>,
  known: readonly ModelInvoice[],
  by: (versions: number, change: Partial<ModelInvoice>) => ModelInvoice,
): ModelInvoice {
  const next = { ...invoice, ...said }
  refuseBadFacts(next)
  if (invoice.isVoid) refuse('invoice_void')
  const differs = (...fields: (keyof ModelFacts)[]) => fields.some((field) => next[field] !== invoice[field])
  const identity = ['name', 'taxId', 'number', 'duplicateReason'] as const
  if (!differs(...identity, 'dueDate', 'total', 'subtotal', 'tax', 'notes')) return invoice
  if (invoice.payments.length > 0 && differs('total', 'subtotal', 'tax')) refuse('amount_frozen')
  const others = known.filter(({ id, ownerId }) => ownerId === invoice.ownerId && id !== invoice.id)
  if (differs(...identity)) refuseTwin(next, others)
  return by(1, said)
}
