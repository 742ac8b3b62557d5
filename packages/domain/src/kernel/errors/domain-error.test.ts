import { describe, expect, expectTypeOf, it } from 'vitest'
import type { DomainErrorCode, DomainErrorDetails } from '../../error-details.ts'
import { DomainError, isDomainError } from './domain-error.ts'

const samples: { readonly [C in DomainErrorCode]: [details: DomainErrorDetails[C], message: string] } = {
  not_found: [{ kind: 'expense', id: 'e1' }, 'There is no expense e1.'],
  category_name_taken: [{ name: 'Travel' }, 'Another category is already called "Travel".'],
  category_in_use: [{ expenseCount: 3 }, 'The category is used by 3 expenses.'],
  category_limit_reached: [{ limit: 100 }, 'There can be at most 100 categories.'],
  invoice_probable_duplicate: [
    { twinId: 'i1', number: 'INV-1' },
    'This is probably invoice INV-1 again, which is i1; give a duplicateReason if it is not.',
  ],
  invoice_already_settled: [{ invoiceId: 'i1' }, 'The invoice i1 is paid already.'],
  invoice_void: [{ invoiceId: 'i1' }, 'The invoice i1 is void.'],
  invoice_has_payments: [{ paymentCount: 2 }, 'The invoice has 2 payments that must be taken back first.'],
  amount_frozen: [{ invoiceId: 'i1' }, 'The amounts of the invoice are frozen since its first payment.'],
  payment_exceeds_balance: [{ balance: '40.00', currency: 'TZS' }, 'Only 40.00 TZS is left to pay.'],
  payment_already_reversed: [{ paymentId: 'p1' }, 'The payment p1 was taken back already.'],
  attachment_not_found: [{ attachmentId: 'a1' }, 'There is no attachment a1.'],
  attachment_in_use: [{ attachmentId: 'a1' }, 'The file is linked to a record and is kept as its proof.'],
  too_large: [{ limitBytes: 10 }, 'The file has more than 10 bytes.'],
  unsupported_type: [
    { allowed: ['application/pdf', 'image/png'] },
    'The content of the file is none of application/pdf, image/png; its name and the type that was sent do not matter.',
  ],
  file_damaged: [
    { attachmentId: 'a1' },
    'The bytes of the file are missing, or are not those that were stored.',
  ],
  base_currency_frozen: [
    { baseCurrency: 'TZS' },
    'The base currency stays TZS, because expenses were recorded in it.',
  ],
  merge_too_large: [
    { expenseCount: 10_001, limit: 10_000 },
    'The category has 10001 expenses; a merge moves at most 10000.',
  ],
  idempotency_in_progress: [{}, 'A request with this idempotency key is still being carried out.'],
  concurrent_change: [
    { kind: 'category', id: 'c1' },
    'The category c1 was changed by somebody else in the meantime.',
  ],
  precondition_required: [
    { kind: 'category', id: 'c1' },
    'Say which version of the category c1 is to be changed.',
  ],
  validation_failed: [
    { errors: [{ pointer: '/amount', code: 'amount_invalid', detail: 'must be digits' }] },
    'The input has 1 fault.',
  ],
  category_not_found: [{ categoryId: 'c1' }, 'There is no category c1.'],
  idempotency_key_reused: [{}, 'This idempotency key was used before, for another request.'],
  invalid_cursor: [{}, 'The cursor is not one that was handed out for this list.'],
  invalid_query: [
    { parameter: 'form', nearest: 'from', detail: 'There is no "form".' },
    'There is no "form".',
  ],
  outcome_unknown: [{}, 'The connection was lost before it was known whether the change was stored.'],
  unavailable: [{}, 'The books cannot be reached at the moment.'],
  storage_full: [{}, 'There is no room left to store anything.'],
  overloaded: [{}, 'There is too much to do at the moment.'],
}

describe('a domain error', () => {
  it.each(Object.entries(samples))('says %s in a plain sentence', (code, [details, message]) => {
    const error = new DomainError(code as DomainErrorCode, details)
    expect(error.message).toBe(message)
    expect(error.code).toBe(code)
    expect(error.details).toBe(details)
  })

  it('counts one thing in the singular', () => {
    expect(new DomainError('category_in_use', { expenseCount: 1 }).message).toContain('by 1 expense.')
    expect(new DomainError('category_limit_reached', { limit: 1 }).message).toContain('most 1 category.')
    expect(new DomainError('validation_failed', { errors: [] }).message).toContain('0 faults')
  })

  it('carries the brand, out of sight', () => {
    const error = new DomainError('unavailable', {})
    const brand = Symbol.for('daftari.DomainError')
    expect(Object.getOwnPropertyDescriptor(error, brand)).toMatchObject({ value: true, enumerable: false })
  })

  it('takes a message of its own', () => {
    expect(new DomainError('unavailable', {}, { message: 'Back at noon.' }).message).toBe('Back at noon.')
  })

  it('keeps its cause, even one that is undefined, and has none unless given', () => {
    const cause = new Error('connection refused')
    expect(new DomainError('unavailable', {}, { cause }).cause).toBe(cause)
    expect('cause' in new DomainError('unavailable', {}, { cause: undefined })).toBe(true)
    expect('cause' in new DomainError('unavailable', {})).toBe(false)
  })

  it('is an Error that prints its name, and shows only code and details as its own', () => {
    const error = new DomainError('category_in_use', { expenseCount: 2 })
    expect(error).toBeInstanceOf(Error)
    expect(String(error)).toBe('DomainError: The category is used by 2 expenses.')
    expect(JSON.parse(JSON.stringify(error))).toEqual({
      code: 'category_in_use',
      details: { expenseCount: 2 },
    })
  })
})

describe('isDomainError', () => {
  it('recognises the error of another copy of the package by its brand', () => {
    const stranger = Object.assign(new Error('x'), {
      code: 'not_found',
      [Symbol.for('daftari.DomainError')]: true,
    })
    expect(isDomainError(stranger)).toBe(true)
    expect(isDomainError(stranger, 'not_found')).toBe(true)
    expect(isDomainError(stranger, 'overloaded')).toBe(false)
  })

  it('does not take anything else for one', () => {
    const lookalike = Object.assign(new Error('x'), { code: 'not_found', details: {}, name: 'DomainError' })
    for (const other of [lookalike, null, undefined, 'not_found', 7, Symbol.for('daftari.DomainError')]) {
      expect(isDomainError(other)).toBe(false)
    }
    expect(isDomainError({ [Symbol.for('daftari.DomainError')]: true }, 'not_found')).toBe(false)
  })

  it('narrows the details by the code', () => {
    const error: unknown = new DomainError('category_in_use', { expenseCount: 3 })
    if (!isDomainError(error) || error.code !== 'category_in_use') throw new Error('not recognised')
    expectTypeOf(error.details).toEqualTypeOf<{ readonly expenseCount: number }>()
    expect(error.details.expenseCount).toBe(3)
    if (isDomainError(error, 'category_in_use')) expectTypeOf(error.details.expenseCount).toBeNumber()
  })

  it('holds the details to the code at compile time', () => {
    // @ts-expect-error these are the details of another code
    new DomainError('category_in_use', { limit: 3 })
    // @ts-expect-error there is no such code
    expect(() => new DomainError('teapot', {})).toThrow(TypeError)
  })
})
