import type { Scope } from '@daftari/application'
import { aCategory, categoryEvent } from '@daftari/testing'
import type { PostgresAdapters } from '../../src/index.ts'

/**
 * Two transactions of which the first to begin is the last to tell what happened, so that transaction numbers and
 * sequence numbers disagree. `between` runs while the first has its number and has told nothing.
 */
export async function writeOverlapping(
  ports: PostgresAdapters,
  scope: Scope,
  between: () => Promise<void> = async () => {},
): Promise<void> {
  const [early, late] = [aCategory(), aCategory()]
  await ports.unitOfWork.transact({ ...scope, idempotency: null }, async (tx) => {
    tx.categories.insert(early)
    await tx.categories.find(early.id)
    await ports.unitOfWork.transact({ ...scope, idempotency: null }, async (other) => {
      other.categories.insert(late)
      other.events.append([categoryEvent('category.created', { after: late })])
    })
    await between()
    tx.events.append([categoryEvent('category.created', { after: early })])
  })
}
