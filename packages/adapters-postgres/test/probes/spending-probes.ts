import { anExpense } from '@daftari/testing'
import { PAGE, type Probes, reads, txInserts, txReads, txWrites } from '../support/probe.ts'

const ANY_EXPENSE = { categoryIds: [], from: null, to: null, minMinor: null, maxMinor: null, words: [] }

const DIESEL = { ...ANY_EXPENSE, words: ['diesel'] }

export const spendingProbes: Probes = {
  'queries.categories.find': reads(
    ({ ports, ownerId, theirs }) => ports.queries.categories.find(ownerId, theirs.category.id),
    null,
  ),
  'queries.categories.list': reads(
    ({ ports, ownerId }) => ports.queries.categories.list(ownerId, { words: [] }, PAGE),
    [],
  ),
  'queries.expenses.find': reads(
    ({ ports, ownerId, theirs }) => ports.queries.expenses.find(ownerId, theirs.expense.id),
    null,
  ),
  'queries.expenses.list': reads(
    ({ ports, ownerId }) => ports.queries.expenses.list(ownerId, ANY_EXPENSE, '-expenseDate', PAGE),
    [],
  ),
  'queries.expenses.list by words': reads(
    ({ ports, ownerId }) => ports.queries.expenses.list(ownerId, DIESEL, '-expenseDate', PAGE),
    [],
  ),
  'queries.expenses.summarise by words': reads(
    ({ ports, ownerId }) => ports.queries.expenses.summarise(ownerId, DIESEL, 'month'),
    [],
  ),
  'queries.expenses.summarise': reads(
    ({ ports, ownerId }) => ports.queries.expenses.summarise(ownerId, ANY_EXPENSE, 'category'),
    [],
  ),
  'tx.categories.lockAll': txReads((tx) => tx.categories.lockAll(), []),
  'tx.categories.find': txReads((tx, { category }) => tx.categories.find(category.id), null),
  'tx.categories.findMany': txReads((tx, { category }) => tx.categories.findMany([category.id]), []),
  'tx.categories.insert': txInserts((tx, { category }) => tx.categories.insert(category)),
  'tx.categories.update': txWrites(
    (tx, { category }) => tx.categories.update({ ...category, name: 'Taken', version: 2 }, 1),
    'concurrent_change',
  ),
  'tx.categories.delete': txWrites(
    (tx, { unusedCategory }) => tx.categories.delete(unusedCategory),
    'concurrent_change',
  ),
  'tx.expenses.find': txReads((tx, { expense }) => tx.expenses.find(expense.id), null),
  'tx.expenses.listByCategory': txReads(
    (tx, { category }) => tx.expenses.listByCategory(category.id, 10),
    [],
  ),
  'tx.expenses.usageOf': txReads((tx, { category }) => tx.expenses.usageOf(category.id), {
    expenseCount: 0,
    totalMinor: 0n,
  }),
  'tx.expenses.exist': txReads((tx) => tx.expenses.exist(), false),
  // A reference across owners is no row of anybody: the keys themselves forbid it.
  'tx.expenses.insert': {
    ...txWrites(
      (tx, { category }) => tx.expenses.insert(anExpense({ categoryId: category.id })),
      'category_not_found',
    ),
    needsWalls: false,
  },
  'tx.expenses.update': txWrites(
    (tx, { expense }) => tx.expenses.update({ ...expense, description: 'Taken', version: 2 }, 1),
    'concurrent_change',
  ),
  'tx.expenses.delete': txWrites((tx, { expense }) => tx.expenses.delete(expense), 'concurrent_change'),
}
