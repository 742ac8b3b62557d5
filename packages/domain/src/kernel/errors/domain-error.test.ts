import { describe, expect, expectTypeOf, it } from 'vitest'
import type { DomainErrorCode, DomainErrorDetails } from '../../error-details.ts'
import { DomainError, isDomainError } from './domain-error.ts'

const samples: { readonly [C in DomainErrorCode]: [details: DomainErrorDetails[C], message: string] } = {
  not_found: [{ kind: 'expense', id: 'e1' }, 'There is no expense e1.'],
  category_name_taken: [{ name: 'Travel' }, 'Another category is already called "Travel".'],
  category_in_use: [{ expenseCount: 3 }, 'The category is used by 3 expenses.'],
  category_limit_reached: [
    { limit: 100 },
    'The limit of 100 categories is reached. Delete or merge categories, or raise maxCategories in the settings.',
  ],
  invoice_probable_duplicate: [
    { twinId: 'i1', number: 'INV-1' },
    'The invoice is probably a duplicate of invoice INV-1 (id i1). If it is a different bill, send a duplicateReason.',
  ],
  invoice_already_settled: [{ invoiceId: 'i1' }, 'The invoice i1 is already paid in full.'],
  invoice_void: [{ invoiceId: 'i1' }, 'The invoice i1 is void.'],
  invoice_has_payments: [{ paymentCount: 2 }, 'The invoice has 2 payments. Reverse all payments first.'],
  amount_frozen: [
    { invoiceId: 'i1' },
    'The amounts of an invoice cannot change after its first payment. Void the invoice and enter it again.',
  ],
  payment_exceeds_balance: [
    { balance: '40.00', currency: 'TZS' },
    'The payment exceeds the balance of the invoice, 40.00 TZS.',
  ],
  payment_already_reversed: [{ paymentId: 'p1' }, 'The payment p1 is already reversed.'],
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
    'The base currency TZS cannot change, because expenses are recorded in it.',
  ],
  merge_too_large: [
    { expenseCount: 10_001, limit: 10_000 },
    'The category has 10001 expenses, but a merge moves at most 10000. Move some of them first.',
  ],
  idempotency_in_progress: [{}, 'A request with this idempotency key is still in progress. Repeat it later.'],
  concurrent_change: [
    { kind: 'category', id: 'c1' },
    'The category c1 was changed by another request in the meantime. Read it again and repeat the change.',
  ],
  precondition_required: [
    { kind: 'category', id: 'c1' },
    'The version of the category c1 is missing. Send the version that you have read.',
  ],
  validation_failed: [
    { errors: [{ pointer: '/amount', code: 'amount_invalid', detail: 'must be digits' }] },
    'The input has 1 invalid field.',
  ],
  category_not_found: [{ categoryId: 'c1' }, 'There is no category c1.'],
  idempotency_key_reused: [
    {},
    'This idempotency key was already used for a different request. Choose a new key.',
  ],
  invalid_cursor: [
    {},
    'The cursor was not issued for this list, its filters and its sort. Start again without a cursor.',
  ],
  invalid_query: [
    { parameter: 'form', nearest: 'from', detail: 'There is no "form".' },
    'There is no "form".',
  ],
  outcome_unknown: [
    {},
    'The connection was lost before the store confirmed the change. Repeat the request with the same idempotency key, or read the record.',
  ],
  unavailable: [
    {},
    'The store cannot be reached at the moment. Nothing was stored. Repeat the request later.',
  ],
  storage_full: [{}, 'The store is full. Nothing was stored. Free some space and repeat the request.'],
  overloaded: [{}, 'The service is overloaded at the moment. Nothing was stored. Repeat the request later.'],
}

describe('a domain error', () => {
  it.each(Object.entries(samples))('names what is wrong for %s', (code, [details, message]) => {
    const error = new DomainError(code as DomainErrorCode, details)
    expect(error.message).toBe(message)
    expect(error.code).toBe(code)
    expect(error.details).toBe(details)
  })

  it('counts one thing in the singular', () => {
    expect(new DomainError('category_in_use', { expenseCount: 1 }).message).toContain('by 1 expense.')
    expect(new DomainError('category_limit_reached', { limit: 1 }).message).toContain(
      'limit of 1 category is',
    )
    expect(new DomainError('validation_failed', { errors: [] }).message).toContain('0 invalid fields')
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
