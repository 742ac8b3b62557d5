import type { CategoryUsage, CategoryWithUsage, DomainEvent } from '@daftari/application'
import type { AttachmentId, Category, Invoice, Settings } from '@daftari/domain'
import { foldName } from '@daftari/domain'
import { accepting, called, onQueriesKnowing, refusing } from '../kernel/sabotage/constraints.ts'
import { elseTheirs, leakingQuery, leakingRead, type Mix } from '../kernel/sabotage/leaks.ts'
import type { Saboteurs } from '../kernel/sabotage/overlay.ts'
import { blindTo } from '../kernel/sabotage/versions.ts'
import { isMisfiled } from '../spending/expense-saboteurs.ts'

const addedUp: Mix = (own, others) => {
  const all = [own, ...others] as readonly CategoryUsage[]
  return all.reduce((sum, { expenseCount, totalMinor }) => ({
    expenseCount: sum.expenseCount + expenseCount,
    totalMinor: sum.totalMinor + totalMinor,
  }))
}

const any: Mix = (own, others) => own === true || others.includes(true)

const firstChanged: Mix = (own, others) =>
  ([own, ...others] as readonly Settings[]).find(({ version }) => version > 0) ?? own

/** Joins expenses to categories by id alone. */
const withTheirUsage: Mix = (own, others) => {
  const [mine, ...theirs] = [own, ...others] as readonly (CategoryWithUsage | null)[]
  if (!mine) return null
  return {
    ...mine,
    expenseCount: theirs.reduce((sum, row) => sum + (row?.expenseCount ?? 0), mine.expenseCount),
  }
}

const categories: Saboteurs = {
  'refuses to update a category of another owner, and does not change it': blindTo(
    'categories',
    'update',
    'foreign',
  ),
  'refuses to delete a category of another owner, and keeps it': blindTo('categories', 'delete', 'foreign'),

  'lets two owners use the same category name': refusing(
    'category_name_taken',
    { name: '' },
    (trace, ledger) =>
      called<Category>(trace, 'categories.insert', ({ name }) =>
        ledger
          .given<Category>('categories.insert', trace.ownerId, 'others')
          .some((theirs) => foldName(theirs.name) === foldName(name)),
      ),
  ),

  'keeps categories of two owners with the same id apart': onQueriesKnowing(
    'categories',
    (queries, ledger) => ({
      async find(ownerId, id) {
        const found = await queries.find(ownerId, id)
        const theirs = ledger
          .given<Category>('categories.insert', ownerId, 'others')
          .find((category) => category.id === id)
        return found === null || theirs === undefined ? found : { ...found, category: theirs }
      },
    }),
  ),

  'counts no expense of another owner under a category with the same id': leakingQuery(
    'categories',
    'find',
    withTheirUsage,
  ),
}

const expenses: Saboteurs = {
  'counts no expense of another owner by category': leakingRead('expenses', 'usageOf', addedUp),
  'reports no expenses when only another owner has some': leakingRead('expenses', 'exist', any),
  'refuses an expense in a category of another owner (F81)': accepting(
    'category_not_found',
    (trace, ledger) => isMisfiled(trace, ledger, 'insert', 'others'),
  ),
  'refuses to move an expense to a category of another owner (F81)': accepting(
    'category_not_found',
    (trace, ledger) => isMisfiled(trace, ledger, 'update', 'others'),
  ),
  'refuses to update an expense of another owner, and does not change it': blindTo(
    'expenses',
    'update',
    'foreign',
  ),
  'refuses to delete an expense of another owner, and keeps it': blindTo('expenses', 'delete', 'foreign'),
}

const invoices: Saboteurs = {
  'accepts an invoice with the supplier and number of an invoice of another owner': refusing(
    'invoice_probable_duplicate',
    { twinId: '', number: '' },
    (trace, ledger) =>
      called<Invoice>(trace, 'invoices.insert', ({ number }) =>
        ledger
          .given<Invoice>('invoices.insert', trace.ownerId, 'others')
          .some((theirs) => theirs.number === number),
      ),
  ),

  'refuses to update an invoice of another owner, and does not change it': blindTo(
    'invoices',
    'update',
    'foreign',
  ),
}

const others: Saboteurs = {
  'refuses to link a file of another owner, and does not change it (F81)': accepting(
    'attachment_not_found',
    (trace, ledger) =>
      called<readonly AttachmentId[]>(trace, 'attachments.link', (ids) =>
        ids.some((id) => ledger.has('attachments.insert', id, trace.ownerId, 'others')),
      ),
  ),

  'reads no settings of another owner': leakingRead('settings', 'get', firstChanged),
  'shows no settings of another owner': leakingQuery('settings', 'get', firstChanged),
  'lists no history of another owner': leakingQuery('history', 'list', elseTheirs),
  'lists no events of another owner in the feed': leakingQuery('feed', 'list', elseTheirs),

  'lets two owners have events of the same record': refusing(
    'concurrent_change',
    { kind: '', id: '' },
    (trace, ledger) => {
      const theirs = ledger.given<readonly DomainEvent[]>('events.append', trace.ownerId, 'others').flat()
      return called<readonly DomainEvent[]>(trace, 'events.append', (events) =>
        events.some(({ aggregateId }) => theirs.some((event) => event.aggregateId === aggregateId)),
      )
    },
  ),

  'lets two owners use the same key': refusing('idempotency_in_progress', {}, (trace, ledger) =>
    ledger.stored.some(({ key, ownerId }) => key !== null && key === trace.key && ownerId !== trace.ownerId),
  ),
}

export const isolationSaboteurs: Saboteurs = { ...categories, ...expenses, ...invoices, ...others }
