import { describe, expect, test } from 'vitest'
import { alone, at, facts, partlyPaid, pending, voided } from '../../../test/invoices.ts'
import { refusalOf } from '../../../test/refusal-of.ts'
import type { InvoiceId } from '../ids.ts'
import { invoiceNumberKey, refuseDuplicate } from './duplicate.ts'
import { registerInvoice } from './register-invoice.ts'

test.each([
  ['inv-1', 'INV-1'],
  [' INV - 1 ', 'INV-1'],
  ['INV\u00a0-\u20091', 'INV-1'],
  ['INV\u200b-\u00ad1', 'INV-1'],
  ['ＩＮＶ－１', 'INV-1'],
  ['straße 1', 'STRASSE1'],
  ['INV-1/a', 'INV-1/A'],
])('the number %j has the key %s', (number, key) => {
  expect(invoiceNumberKey(number)).toBe(key)
})

const candidate = { ...facts, id: 'new' as InvoiceId }
const bare = (name: string) => ({ name, taxId: null, iban: null })

describe('a bill that is probably in the books already', () => {
  test.each([
    ['the same supplier and number', pending()],
    ['a number of other case and spaces', pending({ number: 'inv - 1' })],
    [
      'a supplier of the same tax id, under another name',
      pending({ supplier: { ...facts.supplier, name: 'T' } }),
    ],
    ['the name alone', pending({ supplier: bare('TANESCO') })],
    ['another amount and date', pending({ dueDate: candidate.issueDate ?? candidate.dueDate })],
    ['a partly paid one', partlyPaid()],
    ['one that is itself no duplicate, for a reason', pending({ duplicateReason: 'Two meters' })],
  ])('is known by %s', (_, twin) => {
    expect(refusalOf(() => refuseDuplicate(candidate, [pending({ number: 'X' }, 'other'), twin]))).toEqual({
      code: 'invoice_probable_duplicate',
      details: { twinId: 'bill', number: twin.number },
    })
  })

  test.each([
    ['there is no other', candidate, []],
    ['the other is void', candidate, [voided()]],
    ['the other is itself', candidate, [pending({}, 'new')]],
    ['the other has another number', candidate, [pending({ number: 'INV-2' })]],
    ['the other is of another supplier', { ...candidate, supplier: bare('Dawasa') }, [pending()]],
    ['it says why it is none', { ...candidate, duplicateReason: 'Two meters' }, [pending()]],
  ])('is none where %s', (_, one, others) => {
    expect(() => refuseDuplicate(one, others)).not.toThrow()
  })

  test('R18 is not registered', () => {
    const again = { ...candidate, at, by: 'amina' }
    expect(refusalOf(() => registerInvoice(again, { ...alone, sameNumber: [pending()] })).code).toBe(
      'invoice_probable_duplicate',
    )
  })
})
