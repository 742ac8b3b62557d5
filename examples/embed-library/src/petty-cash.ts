import { type Books, type CategoryView, isDomainError, type Scope } from '@daftari/application'

/** What somebody took out of the cash box, as the slip says it. */
export interface Slip {
  readonly number: string
  readonly date: string
  readonly purpose: string
  readonly shillings: string
  readonly note?: string
}

export interface Entry {
  readonly slip: string
  /** Why the slip was not entered, or `null` when it was. */
  readonly refusal: string | null
}

/** Enters slips one by one. Entering the same slip again changes nothing: its number is the idempotency key. */
export async function enterSlips(books: Books, scope: Scope, slips: readonly Slip[]): Promise<Entry[]> {
  const categories = new Map<string, string>()
  const entries: Entry[] = []
  for (const slip of slips) {
    const categoryId = categories.get(slip.purpose) ?? (await categoryCalled(books, scope, slip.purpose))
    categories.set(slip.purpose, categoryId)
    entries.push({ slip: slip.number, refusal: await enter(books, scope, slip, categoryId) })
  }
  return entries
}

async function enter(books: Books, scope: Scope, slip: Slip, categoryId: string): Promise<string | null> {
  try {
    await books.expenses.create(
      { ...scope, idempotencyKey: `slip ${slip.number}` },
      {
        amount: { amount: slip.shillings, currency: 'TZS' },
        categoryId,
        expenseDate: slip.date,
        description: slip.note ?? null,
      },
    )
    return null
  } catch (error) {
    // A rule that refuses says why; anything else is not ours to explain.
    if (!isDomainError(error, 'validation_failed')) throw error
    return error.details.errors.map(({ code, detail }) => `${code}: ${detail}`).join('; ')
  }
}

async function categoryCalled(books: Books, scope: Scope, name: string): Promise<string> {
  try {
    return (await books.categories.create(scope, { name })).id
  } catch (error) {
    // Names that fold alike are one name, and the refusal says how it is spelled.
    if (!isDomainError(error, 'category_name_taken')) throw error
    for await (const category of allCategories(books, scope)) {
      if (category.name === error.details.name) return category.id
    }
    throw error
  }
}

async function* allCategories(books: Books, scope: Scope): AsyncGenerator<CategoryView> {
  let page = await books.categories.list(scope, { limit: 100 })
  yield* page.data
  while (page.nextCursor !== null) {
    page = await books.categories.list(scope, { limit: 100, cursor: page.nextCursor })
    yield* page.data
  }
}

/** One line for each category, most expensive first, and the sum. */
export async function report(books: Books, scope: Scope): Promise<string[]> {
  const { groups, total } = await books.expenses.summarise(scope, { groupBy: 'category' })
  return [
    ...groups.map(({ label, total: spent }) => `${label}: ${spent.amount} ${spent.currency}`),
    `Jumla: ${total.amount} ${total.currency}`,
  ]
}
