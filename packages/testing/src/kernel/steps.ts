import assert from 'node:assert/strict'
import type { Transaction, TransactionScope } from '@daftari/application'
import {
  type Attachment,
  type Category,
  type DomainErrorCode,
  type DomainErrorDetails,
  type Expense,
  type Invoice,
  isDomainError,
} from '@daftari/domain'
import { aCategory, anAttachment, anExpense, anInvoice } from '../builders/states.ts'
import type { Harness } from './contract.ts'

/** The books that a step is taken in. */
export type OwnerBooks = Pick<Harness, 'ports' | 'ownerId'>

/** The books of the other owner. */
export function otherBooks({ ports, otherOwnerId }: Harness): OwnerBooks {
  return { ports, ownerId: otherOwnerId }
}

export function scopeOf({ ownerId }: OwnerBooks, key: string | null = null): TransactionScope {
  const idempotency = key === null ? null : { key, fingerprint: `print of ${key}`, toStored: storedText }
  return { ownerId, actorId: 'an-actor', idempotency }
}

/** Work that returns nothing is remembered as nothing. */
function storedText(result: unknown): string {
  return JSON.stringify(result ?? null)
}

/** One transaction in these books. */
export function change(desk: OwnerBooks, work: (tx: Transaction) => unknown): Promise<void> {
  return desk.ports.unitOfWork.transact(scopeOf(desk), async (tx) => {
    await work(tx)
  })
}

/** What is read within a transaction of its own. */
export function look<Found>(desk: OwnerBooks, read: (tx: Transaction) => Promise<Found>): Promise<Found> {
  return desk.ports.unitOfWork.transact(scopeOf(desk), read)
}

export async function storedCategory(desk: OwnerBooks, overrides: Partial<Category> = {}): Promise<Category> {
  const category = aCategory(overrides)
  await change(desk, (tx) => tx.categories.insert(category))
  return category
}

export async function storedExpense(desk: OwnerBooks, overrides: Partial<Expense> = {}): Promise<Expense> {
  const [expense] = await storedExpenses(desk, [overrides])
  assert.ok(expense)
  return expense
}

/** In the order given, under one new category unless they name theirs. */
export async function storedExpenses(
  desk: OwnerBooks,
  list: readonly Partial<Expense>[],
): Promise<readonly Expense[]> {
  const category = aCategory()
  const expenses = list.map((overrides) => anExpense({ categoryId: category.id, ...overrides }))
  await change(desk, (tx) => {
    if (expenses.some(({ categoryId }) => categoryId === category.id)) tx.categories.insert(category)
    for (const expense of expenses) tx.expenses.insert(expense)
  })
  return expenses
}

/** Enters each invoice in a transaction of its own, in the order given. */
export async function storedInvoices(desk: OwnerBooks, list: readonly Invoice[]): Promise<void> {
  for (const invoice of list) await storedInvoice(desk, invoice)
}

/** Enters the first state and then changes it to each of the next ones; gives the last. */
export async function storedInvoice(
  desk: OwnerBooks,
  first: Invoice = anInvoice(),
  ...next: readonly Invoice[]
): Promise<Invoice> {
  await change(desk, (tx) => tx.invoices.insert(first))
  for (const state of next) await change(desk, (tx) => tx.invoices.update(state, state.version - 1))
  return next.at(-1) ?? first
}

export async function storedAttachment(
  desk: OwnerBooks,
  overrides: Partial<Attachment> = {},
): Promise<Attachment> {
  const file = anAttachment(overrides)
  await change(desk, (tx) => tx.attachments.insert(file))
  return file
}

export async function hasCategory({ ports, ownerId }: OwnerBooks, { id }: Category): Promise<boolean> {
  return ((await ports.queries.categories.find(ownerId, id)) ?? null) !== null
}

export async function hasExpense({ ports, ownerId }: OwnerBooks, { id }: Expense): Promise<boolean> {
  return ((await ports.queries.expenses.find(ownerId, id)) ?? null) !== null
}

/** Demands that the attempt is refused with this code, and gives the details. */
export async function refusal<Code extends DomainErrorCode>(
  attempt: Promise<unknown>,
  code: Code,
): Promise<DomainErrorDetails[Code]> {
  const [outcome] = await Promise.allSettled([attempt])
  assert.equal(outcome.status, 'rejected', `is not refused with ${code}`)
  return refusedWith(outcome.reason, code)
}

/** Demands that exactly one of the attempts made at the same time succeeds, and the others are refused so. */
export async function onlyOneOf(
  attempts: readonly Promise<unknown>[],
  ...codes: readonly DomainErrorCode[]
): Promise<number> {
  const outcomes = await Promise.allSettled(attempts)
  for (const outcome of outcomes) {
    if (outcome.status === 'rejected' && !codes.some((code) => isDomainError(outcome.reason, code))) {
      throw outcome.reason
    }
  }
  const winners = outcomes.flatMap(({ status }, index) => (status === 'fulfilled' ? [index] : []))
  assert.equal(winners.length, 1, `${winners.length} of ${attempts.length} succeed`)
  return winners[0] ?? -1
}

function refusedWith<Code extends DomainErrorCode>(failure: unknown, code: Code): DomainErrorDetails[Code] {
  if (!isDomainError(failure, code)) throw failure
  return failure.details
}
