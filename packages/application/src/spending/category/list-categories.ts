import { foldName } from '@daftari/domain'
import { parseQuery } from '../../kernel/input/parse-query.ts'
import { searchWords } from '../../kernel/input/search-words.ts'
import { type Page, pageOf } from '../../kernel/pagination/page.ts'
import type { Scope } from '../../kernel/scope.ts'
import type { Ports } from '../../ports.ts'
import type { OwnerSettings } from '../../settings/ports.ts'
import {
  type CategoryView,
  categoryJson,
  type ListCategoriesInput,
  listCategoriesInput,
} from './category-shapes.ts'

type Deps = Pick<Ports, 'queries' | 'cursors'> & { readonly settings: OwnerSettings }

/** Lists categories by name. @throws invalid_query, invalid_cursor */
export function listCategories({ queries, cursors, settings }: Deps) {
  return async function listCategories(
    { ownerId }: Scope,
    input: ListCategoriesInput = {},
  ): Promise<Page<CategoryView>> {
    const { q, sort, limit, cursor } = parseQuery(listCategoriesInput, input)
    const filter = { words: searchWords(q) }
    const { baseCurrency } = await settings.current(ownerId)
    return pageOf(
      { cursors, context: [ownerId, 'categories', filter, sort], cursor, limit },
      (page) => queries.categories.list(ownerId, filter, page),
      ({ category }) => ({ key: foldName(category.name), id: category.id }),
      ({ category, ...usage }) => categoryJson(category, usage, baseCurrency),
    )
  }
}
