import type { CategoryQueries, CategoryWithUsage } from '@daftari/application'
import { foldWords } from '@daftari/domain'
import { sql } from 'kysely'
import type { Database } from '../../kernel/session/database.ts'
import { compiled, from } from '../../kernel/sql/query.ts'
import { type UsageRow, usageOf } from '../expense/postgres-expense-repository.ts'
import { type CategoryRow, categoryOf } from './category-table.ts'

type Row = CategoryRow & UsageRow

const NAMES = 'select id, name from daftari.category where owner_id = $1'

export function postgresCategoryQueries(database: Database): CategoryQueries {
  return {
    async find(ownerId, id) {
      const [result] = await database.read(ownerId, [compiled(withUsage(ownerId).where('c.id', '=', id))])
      const row: Row | undefined = result?.rows[0]
      return row === undefined ? null : categoryWithUsage(row)
    },
    async list(ownerId, { words }, { after, limit }) {
      let query = withUsage(ownerId).orderBy('c.name_key').orderBy('c.id').limit(limit)
      if (words.length > 0) {
        const [known] = await database.read(ownerId, [{ text: NAMES, values: [ownerId] }])
        query = query.where(sql<boolean>`c.id = any (${fitting(known?.rows ?? [], words)}::uuid[])`)
      }
      if (after !== null) {
        query = query.where(sql<boolean>`(c.name_key, c.id) > (${after.key}, ${after.id}::uuid)`)
      }
      const [result] = await database.read(ownerId, [compiled(query)])
      return (result?.rows ?? []).map(categoryWithUsage)
    },
  }
}

/**
 * The ids of the categories that match the words. An owner has few categories, so their names are folded and compared
 * here and not in the database.
 */
function fitting(categories: readonly { id: string; name: string }[], words: readonly string[]): string[] {
  return categories.flatMap(({ id, name }) => {
    const own = foldWords(name)
    return words.every((start) => own.some((word) => word.startsWith(start))) ? [id] : []
  })
}

/** The sums are read from an index, with one look-up for each category of the page. */
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
