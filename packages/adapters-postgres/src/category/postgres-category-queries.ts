import type { CategoryQueries, CategoryWithUsage } from '@daftari/application'
import { sql } from 'kysely'
import { type UsageRow, usageOf } from '../expense/postgres-expense-repository.ts'
import type { Database } from '../session/database.ts'
import { compiled, from } from '../sql/query.ts'
import { beginsWord } from '../text/search-words.ts'
import { type CategoryRow, categoryOf } from './category-table.ts'

type Row = CategoryRow & UsageRow

export function postgresCategoryQueries(database: Database): CategoryQueries {
  return {
    async find(ownerId, id) {
      const [result] = await database.read(ownerId, [compiled(withUsage(ownerId).where('c.id', '=', id))])
      const row: Row | undefined = result?.rows[0]
      return row === undefined ? null : categoryWithUsage(row)
    },
    async list(ownerId, { words }, { after, limit }) {
      let query = withUsage(ownerId).orderBy('c.name_key').orderBy('c.id').limit(limit)
      for (const word of words) query = query.where(sql`' ' || c.name_key`, 'like', beginsWord(word))
      if (after !== null) {
        query = query.where(sql<boolean>`(c.name_key, c.id) > (${after.key}, ${after.id}::uuid)`)
      }
      const [result] = await database.read(ownerId, [compiled(query)])
      return (result?.rows ?? []).map(categoryWithUsage)
    },
  }
}

/** The sums come from an index; one look for each category of the page. */
function withUsage(ownerId: string) {
  return from
    .selectFrom('daftari.category as c')
    .innerJoinLateral(
      (of) =>
        of
          .selectFrom('daftari.expense as e')
          .select(({ fn }) => fn.countAll<bigint>().as('expense_count'))
          .select(sql<string>`coalesce(sum(e.amount_minor), 0)::text`.as('total_minor'))
          .where('e.owner_id', '=', ownerId)
          .whereRef('e.category_id', '=', 'c.id')
          .as('u'),
      (on) => on.onTrue(),
    )
    .where('c.owner_id', '=', ownerId)
    .select(['c.id', 'c.name', 'c.version', 'c.created_at', 'c.created_by', 'c.updated_at'])
    .select(['u.expense_count', 'u.total_minor'])
}

function categoryWithUsage(row: Row): CategoryWithUsage {
  return { category: categoryOf(row), ...usageOf(row) }
}
