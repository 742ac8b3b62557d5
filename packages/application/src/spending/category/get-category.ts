import type { CategoryId } from '@daftari/domain'
import { found, idOf } from '../../kernel/input/found.ts'
import type { Scope } from '../../kernel/scope.ts'
import type { Ports } from '../../ports.ts'
import type { OwnerSettings } from '../../settings/ports.ts'
import { type CategoryView, categoryJson } from './category-shapes.ts'

type Deps = Pick<Ports, 'queries'> & { readonly settings: OwnerSettings }

/** @throws not_found */
export function getCategory({ queries, settings }: Deps) {
  return async function getCategory(
    { ownerId }: Scope,
    { categoryId }: { readonly categoryId: string },
  ): Promise<CategoryView> {
    const id = idOf<CategoryId>('category', categoryId)
    const { category, ...usage } = found('category', id, await queries.categories.find(ownerId, id))
    const { baseCurrency } = await settings.current(ownerId)
    return categoryJson(category, usage, baseCurrency)
  }
}
