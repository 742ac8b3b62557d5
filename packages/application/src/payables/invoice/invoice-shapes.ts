import { type InvoiceFacts, PAYMENT_METHODS, URGENCY_LEVELS } from '@daftari/domain'
import { z } from 'zod'
import { coded } from '../../kernel/input/coded.ts'
import {
  attachmentIdsField,
  dateField,
  ibanField,
  lineField,
  moneyField,
  textField,
  wordsField,
} from '../../kernel/input/fields.ts'
import { once } from '../../kernel/input/once.ts'
import { listOf, pageQuery } from '../../kernel/input/page-query.ts'
import type { Precondition } from '../../kernel/input/precondition.ts'
import { moneyView, recordedView } from '../../kernel/input/views.ts'

const LONGEST_NOTES = 2000
const LONGEST_REASON = 500

const supplierName = lineField('name_invalid', 255)
const taxId = lineField('text_invalid', 50)
const number = lineField('text_invalid', 100)
const notes = textField(LONGEST_NOTES)
const reason = wordsField('text_invalid', LONGEST_REASON)
const level = z.enum(URGENCY_LEVELS, { error: coded('text_invalid', `one of ${URGENCY_LEVELS.join(', ')}`) })

const supplier = z
  .strictObject({ name: supplierName, taxId: taxId.nullish(), iban: ibanField.nullish() })
  .transform(({ name, taxId: tax = null, iban = null }) => ({ name, taxId: tax, iban }))

export const createInvoiceInput = z
  .strictObject({
    supplier,
    number,
    issueDate: dateField.nullish(),
    dueDate: dateField,
    total: moneyField,
    subtotal: moneyField.nullish(),
    tax: moneyField.nullish(),
    notes: notes.nullish(),
    attachmentIds: attachmentIdsField.nullish(),
    duplicateReason: reason.nullish(),
  })
  .transform(
    ({ issueDate, subtotal, tax, notes: said, attachmentIds, duplicateReason, ...rest }): InvoiceFacts => ({
      ...rest,
      issueDate: issueDate ?? null,
      subtotal: subtotal ?? null,
      tax: tax ?? null,
      notes: said ?? null,
      attachmentIds: attachmentIds ?? [],
      duplicateReason: duplicateReason ?? null,
    }),
  )
  .meta({ title: 'NewInvoice' })
export type CreateInvoiceInput = z.input<typeof createInvoiceInput>

export const invoiceChange = z
  .strictObject({
    supplier: z
      .strictObject({
        name: supplierName.optional(),
        taxId: taxId.nullable().optional(),
        iban: ibanField.nullable().optional(),
      })
      .optional(),
    number: number.optional(),
    issueDate: dateField.nullable().optional(),
    dueDate: dateField.optional(),
    total: moneyField.optional(),
    subtotal: moneyField.nullable().optional(),
    tax: moneyField.nullable().optional(),
    notes: notes.nullable().optional(),
    attachmentIds: attachmentIdsField
      .nullable()
      .transform((ids) => ids ?? [])
      .optional(),
    duplicateReason: reason.nullable().optional(),
  })
  .meta({ title: 'InvoiceChange' })

export interface InvoiceTarget {
  readonly invoiceId: string
  readonly version?: Precondition | undefined
}

export interface PaymentTarget extends InvoiceTarget {
  readonly paymentId: string
}

export type UpdateInvoiceInput = z.input<typeof invoiceChange>

export const paymentInput = z
  .strictObject({
    amount: moneyField,
    paidOn: dateField,
    method: z.enum(PAYMENT_METHODS, { error: coded('text_invalid', `one of ${PAYMENT_METHODS.join(', ')}`) }),
    reference: lineField('text_invalid', 100).nullish(),
  })
  .meta({ title: 'NewPayment' })
export type RecordPaymentInput = z.input<typeof paymentInput>

export const reasonInput = z.strictObject({ reason }).meta({ title: 'Reason' })
export type ReasonInput = z.input<typeof reasonInput>

export const urgencyInput = z.strictObject({ level, reason }).meta({ title: 'UrgencyOverride' })
export type SetUrgencyInput = z.input<typeof urgencyInput>

const status = z.enum(['pending', 'partly_paid', 'paid', 'void'], {
  error: (issue) =>
    issue.input === 'overdue'
      ? coded('text_invalid', 'overdue is not a status; use the parameter overdue=true')
      : coded('text_invalid', 'pending, partly_paid, paid or void'),
})

export const listInvoicesInput = z.strictObject({
  status: listOf(status).default([]),
  urgency: listOf(level).default([]),
  overdue: z.boolean({ error: coded('text_invalid', 'true or false') }).optional(),
  number: z.string().optional(),
  supplier: z.string().optional(),
  dueFrom: dateField.optional(),
  dueTo: dateField.optional(),
  q: z.string().optional(),
  sort: z
    .enum(['dueDate', 'urgency', '-total', '-createdAt'], {
      error: coded('text_invalid', 'dueDate, urgency, -total or -createdAt'),
    })
    .default('dueDate'),
  ...pageQuery,
})
export type ListInvoicesInput = z.input<typeof listInvoicesInput>

const supplierView = once(() =>
  z.object({
    name: z.string(),
    taxId: z.string().nullable(),
    iban: z.string().nullable(),
  }),
)

const paymentView = once(() =>
  z.object({
    id: z.uuid(),
    amount: moneyView,
    paidOn: z.iso.date(),
    method: z.enum(PAYMENT_METHODS),
    reference: z.string().nullable(),
    reversal: z.object({ reason: z.string(), at: z.iso.datetime(), by: z.string() }).nullable(),
    ...recordedView(),
  }),
)

const urgencyView = once(() =>
  z.object({
    level: z.enum(URGENCY_LEVELS),
    rank: z.int(),
    source: z.enum(['calculated', 'manual']),
    daysUntilDue: z.int(),
    reason: z.string().nullable(),
    setBy: z.string().nullable(),
    setAt: z.iso.datetime().nullable(),
  }),
)

export const invoiceView = once(() =>
  z
    .object({
      id: z.uuid(),
      version: z.int(),
      status: z.enum(['pending', 'partly_paid', 'paid', 'void']),
      supplier: supplierView(),
      number: z.string(),
      issueDate: z.iso.date().nullable(),
      dueDate: z.iso.date(),
      total: moneyView,
      subtotal: moneyView.nullable(),
      tax: moneyView.nullable(),
      notes: z.string().nullable(),
      attachmentIds: z.array(z.uuid()),
      duplicateReason: z.string().nullable(),
      voidReason: z.string().nullable(),
      payments: z.array(paymentView()),
      paid: moneyView,
      balance: moneyView,
      isOverdue: z.boolean(),
      urgency: urgencyView().nullable(),
      ...recordedView(),
    })
    .meta({ title: 'Invoice' }),
)
export type InvoiceView = Readonly<z.output<ReturnType<typeof invoiceView>>>

const sumsView = once(() => z.array(z.object({ currency: z.string(), count: z.int(), total: z.string() })))
export const invoiceSummaryView = once(() =>
  z
    .object({
      levels: z.array(z.object({ level: z.enum(URGENCY_LEVELS), rank: z.int(), sums: sumsView() })),
      overdue: z.object({ sums: sumsView() }),
      open: z.object({ sums: sumsView() }),
    })
    .meta({ title: 'InvoiceSummary' }),
)
export type InvoiceSummaryView = Readonly<z.output<ReturnType<typeof invoiceSummaryView>>>
