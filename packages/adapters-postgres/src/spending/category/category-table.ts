import { type Category, type CategoryId, DomainError, foldName } from '@daftari/domain'
import { recordedColumns, recordedOf } from '../../kernel/columns.ts'
import {
  type BrokenConstraint,
  type Column,
  deleteFrom,
  fieldsOf,
  insertInto,
  updateOf,
  type VersionedWrite,
  type WriteKind,
} from '../../kernel/session/table-writes.ts'
import type { SpendingTables } from '../tables.ts'

export type CategoryRow = Omit<SpendingTables['daftari.category'], 'owner_id' | 'name_key'>

const columns: readonly Column<Category>[] = [
  { name: 'id', type: 'uuid', of: ({ id }) => id },
  { name: 'name', type: 'text', of: ({ name }) => name },
  { name: 'name_key', type: 'text', of: ({ name }) => foldName(name), isDerived: true },
  ...recordedColumns,
]

export const CATEGORY_FIELDS: string = fieldsOf(columns)

const USAGE = 'select count(*) as expense_count from daftari.expense where owner_id = $1 and category_id = $2'

const TAKEN = `select id, name_key from daftari.category where owner_id = $1 and name_key = any ($2::text[])`

type Named = Pick<Category, 'id' | 'name'>

/** PostgreSQL does not report which row violated the constraint, so the first row with a name that another category has is reported. */
async function nameTaken(
  { constraint, ownerId, cause, look }: BrokenConstraint,
  named: readonly Named[],
): Promise<Error | null> {
  if (constraint !== 'category_name_unique') return null
  const keys = named.map(({ name }) => foldName(name))
  const taken = await look<{ id: string; name_key: string }>({ text: TAKEN, values: [ownerId, keys] })
  const twin = named.find(
    ({ id }, index) =>
      keys.indexOf(keys[index] ?? '') < index ||
      taken.some((other) => other.name_key === keys[index] && other.id !== id),
  )
  return new DomainError('category_name_taken', { name: (twin ?? named[0])?.name ?? '' }, { cause })
}

export const insertCategory: WriteKind<Category> = {
  ...insertInto<Category>('category', columns),
  refusal: nameTaken,
}

/**
 * Each update is its own statement. In one statement for many rows, whether a name is free would depend on the order in
 * which the server updates them.
 */
export const updateCategory: WriteKind<VersionedWrite<Category>> = {
  ...updateOf<Category>('category', columns),
  isAlone: true,
  refusal: (broken, rows) =>
    nameTaken(
      broken,
      rows.map(({ state }) => state),
    ),
}

export const deleteCategory: WriteKind<Category> = {
  ...deleteFrom<Category>('category'),
  async refusal({ constraint, ownerId, cause, look }, [category]) {
    if (constraint !== 'expense_category_fk' || category === undefined) return null
    const [row] = await look<{ expense_count: bigint }>({
      text: USAGE,
      values: [ownerId, category.id],
    })
    return new DomainError('category_in_use', { expenseCount: Number(row?.expense_count ?? 0) }, { cause })
  },
}

export function categoryOf(row: CategoryRow): Category {
  return { id: row.id as CategoryId, name: row.name, ...recordedOf(row) }
}
