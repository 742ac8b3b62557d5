import { type CreateInvoiceInput, type InvoiceView, isDomainError } from '../../src/index.ts'
import { type ModelFacts, type ModelInvoice, money } from './invoice-model.ts'
import { centsOf, paymentOf, type Step, type Targeted, targetOf } from './invoice-steps.ts'
import { NOWHERE, type OpenBooks } from './open-books.ts'

/** The answer of the books: the view, or the code of the refusal. */
export type Answer = InvoiceView | { readonly refused: string }

/** Does it in the real books. */
export async function perform(
  { books, ...scopes }: Pick<OpenBooks, 'books' | 'scope' | 'stranger'>,
  known: readonly ModelInvoice[],
  one: Step,
): Promise<Answer> {
  const scope = scopes[one.by]
  const { invoices } = books
  try {
    if (one.do === 'create') return await invoices.create(scope, asInput(one.facts) as CreateInvoiceInput)
    const invoice = targetOf(known, one)
    const given = { invoiceId: invoice?.id ?? NOWHERE, version: versionOf(invoice, one) }
    switch (one.do) {
      case 'pay': {
        const paidOn = one.isToday ? '2026-11-21' : '2026-11-22'
        return await invoices.recordPayment(scope, given, {
          amount: money(centsOf(invoice, one.cents)),
          paidOn,
          method: 'cash',
        })
      }
      case 'reverse': {
        const paymentId = paymentOf(invoice, one)?.id ?? NOWHERE
        return await invoices.reversePayment(scope, { ...given, paymentId }, { reason: 'Wrong' })
      }
      case 'change':
        return await invoices.update(scope, given, asInput(one.facts))
      case 'hurry':
        return await invoices.setUrgency(scope, given, { level: one.level, reason: 'Why not' })
      case 'calm':
        return await invoices.clearUrgency(scope, given)
      case 'void':
        return await invoices.void(scope, given, { reason: one.reason })
    }
  } catch (refusal) {
    if (!isDomainError(refusal)) throw refusal
    return { refused: refusal.code }
  }
}

function asInput({ name, taxId, total, subtotal, tax, ...rest }: Partial<ModelFacts>): object {
  const given = (field: string, value: number | null | undefined) =>
    value === undefined ? {} : { [field]: value === null ? null : money(value) }
  const supplier = {
    ...(name === undefined ? {} : { name }),
    ...(taxId === undefined ? {} : { taxId }),
  }
  return {
    ...rest,
    ...(Object.keys(supplier).length === 0 ? {} : { supplier }),
    ...given('total', total),
    ...given('subtotal', subtotal),
    ...given('tax', tax),
  }
}

function versionOf(invoice: ModelInvoice | undefined, { version }: Targeted): number | '*' | undefined {
  if (version === '*') return '*'
  if (version === 'none') return undefined
  return (invoice?.version ?? 1) - (version === 'stale' ? 1 : 0)
}
