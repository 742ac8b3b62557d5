import type { CategoryQueries, CategoryWithUsage, Ports } from '@daftari/application'

type Found = Promise<CategoryWithUsage | null>

/**
 * Adapters that remember each category they found until its owner's books change. Every change of them must go
 * through the `unitOfWork` given back: a change by another process is not noticed.
 */
export function withCachedCategories<Adapters extends Ports>(inner: Adapters): Adapters {
  const known = new Map<string, Map<string, Found>>()
  const { queries, unitOfWork } = inner

  const categories: CategoryQueries = {
    ...queries.categories,
    find(ownerId, id) {
      const found = ofOwner(ownerId)
      const before = found.get(id)
      if (before !== undefined) return before
      const asked = queries.categories.find(ownerId, id)
      found.set(id, asked)
      asked.catch(() => found.delete(id))
      return asked
    },
  }

  /** A read that is under way when the books change ends in a map that nobody looks into any more. */
  function ofOwner(ownerId: string): Map<string, Found> {
    const found = known.get(ownerId) ?? new Map<string, Found>()
    known.set(ownerId, found)
    return found
  }

  return {
    ...inner,
    queries: { ...queries, categories },
    unitOfWork: {
      ...unitOfWork,
      async transact(scope, work) {
        try {
          return await unitOfWork.transact(scope, work)
        } finally {
          // After a failure too: it may have been stored although the answer was lost.
          known.delete(scope.ownerId)
        }
      },
    },
  }
}
