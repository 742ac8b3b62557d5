import type { Expense } from '@daftari/domain'
import { type Currency, money } from '@daftari/domain'
import type { z } from 'zod'
import { invalidQuery } from '../../kernel/input/parse-query.ts'
import { searchWords } from '../../kernel/input/search-words.ts'
import type { ExpenseFilter, ExpenseSort } from '../ports.ts'
import type { exportExpensesInput, summariseExpensesInput } from './expense-shapes.ts'

type Asked =
  | Omit<z.output<typeof exportExpensesInput>, 'sort'>
  | Omit<z.output<typeof summariseExpensesInput>, 'groupBy'>

/** The filter of a query, with amounts in the owner's currency. @throws invalid_query */
export function expenseFilter(asked: Asked, currency: Currency): ExpenseFilter {
  const { categoryId, from = null, to = null } = asked
  const { amountMin, amountMax, q } = { amountMin: undefined, amountMax: undefined, q: undefined, ...asked }
  return {
    categoryIds: [...new Set(categoryId)].sort(),
    from,
    to,
    minMinor: bound('amountMin', amountMin, currency),
    maxMinor: bound('amountMax', amountMax, currency),
    words: searchWords(q),
  }
}

function bound(parameter: string, text: string | undefined, currency: Currency): bigint | null {
  if (text === undefined) return null
  const parsed = money.parseAmount(text, currency)
  if (parsed === null) throw invalidQuery(parameter, 'an amount such as 12500 or 12500.50')
  return parsed.amountMinor
}

export function expensePosition(sort: ExpenseSort): (expense: Expense) => { key: string; id: string } {
  const byDate = sort.endsWith('expenseDate')
  return ({ id, expenseDate, amount }) => ({ id, key: byDate ? expenseDate : `${amount.amountMinor}` })
}
