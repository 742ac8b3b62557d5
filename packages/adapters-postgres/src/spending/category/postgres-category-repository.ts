import type { CategoryRepository } from '@daftari/application'
import { UnknownOwner } from '../../kernel/owner/unknown-owner.ts'
import type { PostgresSession } from '../../kernel/session/postgres-session.ts'
import {
  CATEGORY_FIELDS,
  type CategoryRow,
  categoryOf,
  deleteCategory,
  insertCategory,
  updateCategory,
} from './category-table.ts'

const LOCK_OWNER = 'select id from daftari.owner where id = $1 for no key update'
const ALL = `select ${CATEGORY_FIELDS} from daftari.category where owner_id = $1`
const SOME = `${ALL} and id = any ($2::uuid[])`

export function postgresCategoryRepository(session: PostgresSession, ownerId: string): CategoryRepository {
  async function select(text: string, ...values: unknown[]): Promise<CategoryRow[]> {
    const [result] = await session.read({ text, values: [ownerId, ...values] })
    return result?.rows ?? []
  }

  return {
    async lockAll() {
      const values = [ownerId]
      const [lock, all] = await session.read({ text: LOCK_OWNER, values }, { text: ALL, values })
      if (lock?.rows.length === 0) session.rerunWith(new UnknownOwner(ownerId))
      return (all?.rows ?? []).map(categoryOf)
    },
    async find(id) {
      const [row] = await select(SOME, [id])
      return row === undefined ? null : categoryOf(row)
    },
    async findMany(ids) {
      return (await select(SOME, ids)).map(categoryOf)
    },
    insert: (category) => session.stage(insertCategory, category),
    update: (state, expectedVersion) => session.stage(updateCategory, { state, expectedVersion }),
    delete: (category) => session.stage(deleteCategory, category),
  }
}
