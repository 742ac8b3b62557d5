import type { ExpenseGroup, ExpenseGrouping } from '@daftari/application'
import { onQueries, type Saboteur, type Saboteurs } from '../kernel/sabotage/overlay.ts'
import { rounded } from './category-query-saboteurs.ts'

const NOTHING: ExpenseGroup = { key: '', label: '', count: 0, totalMinor: 0n }

function rows(change: (groups: readonly ExpenseGroup[], by: ExpenseGrouping) => ExpenseGroup[]): Saboteur {
  return onQueries('expenses', (queries) => ({
    summarise: async (ownerId, filter, by) => change(await queries.summarise(ownerId, filter, by), by),
  }))
}

/** Groups by something else than was asked for. */
function mistaking(asked: ExpenseGrouping, given: ExpenseGrouping): Saboteur {
  return onQueries('expenses', (queries) => ({
    summarise: (ownerId, filter, by) => queries.summarise(ownerId, filter, by === asked ? given : by),
  }))
}

export const expenseSummarySaboteurs: Saboteurs = {
  'sums expenses by category, labelled with its name': rows((groups, by) =>
    groups.map((group) => (by === 'category' && groups.length > 1 ? { ...group, label: group.key } : group)),
  ),
  'sums expenses by month': mistaking('month', 'day'),
  'sums expenses by day': mistaking('day', 'month'),

  'sums only expenses that match the filter': onQueries('expenses', (queries) => ({
    summarise: (ownerId, filter, by) => queries.summarise(ownerId, { ...filter, categoryIds: [] }, by),
  })),

  'sums exactly beyond 2^53': rows((groups) =>
    groups.map((group) => ({ ...group, totalMinor: rounded(group.totalMinor) })),
  ),

  'gives no rows when there are no expenses': rows((groups, by) =>
    groups.length === 0 && by === 'day' ? [NOTHING] : [...groups],
  ),
}
