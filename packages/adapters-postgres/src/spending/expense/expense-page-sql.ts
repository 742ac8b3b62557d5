import type { ExpenseFilter, ExpenseSort, KeysetPage } from '@daftari/application'
import type { Statement } from '../../kernel/session/statement.ts'
import { compiled, from } from '../../kernel/sql/query.ts'
import { orderOf, walked } from './expense-list-sql.ts'
import { pageOfWords } from './expense-words-sql.ts'

/** One page of a list, read along an index in the order of the list. */
export function expensePage(
  ownerId: string,
  filter: ExpenseFilter,
  sort: ExpenseSort,
  page: KeysetPage,
): Statement {
  const order = orderOf(sort)
  const query =
    filter.words.length === 0
      ? walked(ownerId, filter, order, page)
      : pageOfWords({ ownerId, filter, order, page })
  return compiled({ compile: () => query.compile(from) })
}
