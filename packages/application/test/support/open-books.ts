import { createMemoryAdapters, type ManualClock, type MemoryAdapters, manualClock } from '@daftari/testing'
import { type Books, type CategoryView, createBooks, type ExpenseView, type Scope } from '../../src/index.ts'

export const TODAY = '2026-11-21'

export interface OpenBooks {
  readonly books: Books
  readonly ports: MemoryAdapters
  readonly clock: ManualClock
  /** Amina, in her own books. */
  readonly scope: Scope
  /** Somebody who keeps other books in the same place. */
  readonly stranger: Scope
}

/** New books, at noon of a day in Dar es Salaam. */
export function openBooks(): OpenBooks {
  const clock = manualClock(`${TODAY}T09:00:00.000Z`)
  const ports = createMemoryAdapters({ clock })
  return {
    books: createBooks(ports),
    ports,
    clock,
    scope: { ownerId: '01890000-0000-7000-8000-00000000000a', actorId: 'amina' },
    stranger: { ownerId: '01890000-0000-7000-8000-00000000000b', actorId: 'bakari' },
  }
}

/** An id that names nothing. */
export const NOWHERE = '01890000-0000-7000-8000-ffffffffffff'

export function tzs(amount: string): { amount: string; currency: string } {
  return { amount, currency: 'TZS' }
}

export interface StartedBooks extends OpenBooks {
  readonly transport: CategoryView
  readonly food: CategoryView
  readonly fare: ExpenseView
}

/** Books with two categories and one expense, which is filed under transport. */
export async function startedBooks(): Promise<StartedBooks> {
  const opened = openBooks()
  const { books, scope } = opened
  const transport = await books.categories.create(scope, { name: 'Usafiri' })
  const food = await books.categories.create(scope, { name: 'Chakula' })
  const fare = await books.expenses.create(scope, {
    amount: tzs('12500'),
    categoryId: transport.id,
    expenseDate: TODAY,
    description: 'Dala dala',
  })
  return { ...opened, transport, food, fare }
}
