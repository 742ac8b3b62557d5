import { type AnyDomainError, type Books, isDomainError, type Scope } from '@daftari/application'

/** What an employee paid out of her own pocket and wants back. */
export interface Claim {
  readonly id: string
  readonly lines: readonly {
    readonly categoryId: string
    readonly date: string
    readonly shillings: string
  }[]
}

export type Outcome =
  | { readonly status: 'recorded'; readonly expenseIds: readonly string[] }
  | { readonly status: 'refused'; readonly reasons: readonly string[] }
  /** Nobody knows, or nothing was done: the same claim may be handed in again. */
  | { readonly status: 'try_again' }

const passing = new Set<AnyDomainError['code']>([
  'unavailable',
  'overloaded',
  'outcome_unknown',
  'idempotency_in_progress',
])

/** Records all lines of a claim or none. Handing in the same claim again records nothing twice. */
export async function reimburse(books: Books, scope: Scope, claim: Claim): Promise<Outcome> {
  const items = claim.lines.map(({ categoryId, date, shillings }) => ({
    categoryId,
    expenseDate: date,
    amount: { amount: shillings, currency: 'TZS' },
    description: `Claim ${claim.id}`,
  }))
  try {
    const recorded = await books.expenses.createMany(
      { ...scope, idempotencyKey: `claim ${claim.id}` },
      { items },
    )
    return { status: 'recorded', expenseIds: 'data' in recorded ? recorded.data.map(({ id }) => id) : [] }
  } catch (error) {
    if (!isDomainError(error)) throw error
    if (passing.has(error.code)) return { status: 'try_again' }
    const reasons = error.code === 'validation_failed' ? error.details.errors.map(reason) : [error.message]
    return { status: 'refused', reasons }
  }
}

function reason({ pointer, detail }: { readonly pointer: string; readonly detail: string }): string {
  return `${pointer}: ${detail}`
}
