import {
  type CategoryId,
  DomainError,
  type DomainErrorCode,
  type ExpenseId,
  type ExpenseRules,
  type FieldErrorCode,
  foldName,
  isDomainError,
  recordExpense,
} from '@daftari/domain'
import { z } from 'zod'
import { type CsvRow, readCsv } from '../csv/read-csv.ts'
import { once } from '../input/once.ts'
import { parse } from '../input/parse.ts'
import type { Ports } from '../ports/ports.ts'
import type { Transaction, TransactionScope } from '../ports/unit-of-work.ts'
import type { OwnerSettings } from '../settings/owner-settings.ts'
import { createExpenseInput } from './expense-shapes.ts'

type Deps = Pick<Ports, 'unitOfWork' | 'clock' | 'ids'> & { readonly settings: OwnerSettings }

export interface ImportExpensesInput {
  /** CSV with the header `date,category,amount,description`; categories by name. */
  readonly csv: string
  /** Only judges the rows, unless it is `false`. */
  readonly dryRun?: boolean
}

const importInput = z.strictObject({ csv: z.string(), dryRun: z.boolean().default(true) })

export const importView = once(() =>
  z
    .object({
      rows: z.int(),
      accepted: z.int(),
      rejected: z.array(z.object({ line: z.int(), code: z.string(), detail: z.string() })),
    })
    .meta({ title: 'ImportReport' }),
)

/** `accepted` counts what was stored, or in a dry run what would be. */
export interface ImportView {
  readonly rows: number
  readonly accepted: number
  readonly rejected: readonly RejectedRow[]
}

export interface RejectedRow {
  readonly line: number
  readonly code: DomainErrorCode | FieldErrorCode
  readonly detail: string
}

const HEADER = ['date', 'category', 'amount', 'description']

/** Stores every row or, when one is rejected, none. @throws validation_failed, when the header is another */
export function importExpenses({ unitOfWork, clock, ids, settings }: Deps) {
  return async function importExpenses(
    scope: TransactionScope,
    input: ImportExpensesInput,
  ): Promise<ImportView> {
    const { csv, dryRun } = parse(importInput, input)
    const rows = rowsOf(csv)
    const rules = await settings.expenseRules(scope.ownerId)
    return unitOfWork.transact(scope, async (tx) => {
      const at = clock.now()
      const categories = await categoriesByName(tx)
      const rejected: RejectedRow[] = []
      const decisions = rows.flatMap((row) => {
        try {
          const facts = factsOf(row, categories, rules)
          return [recordExpense({ id: ids.next<ExpenseId>(), ...facts, at, by: scope.actorId }, rules)]
        } catch (refusal) {
          rejected.push(rejection(row.line, refusal))
          return []
        }
      })
      const report = { rows: rows.length, accepted: decisions.length, rejected }
      if (dryRun) return report
      if (rejected.length > 0) return { ...report, accepted: 0 }
      for (const { state, events } of decisions) {
        tx.expenses.insert(state)
        tx.events.append(events)
      }
      return report
    })
  }
}

function rowsOf(csv: string): CsvRow[] {
  const [header, ...rows] = readCsv(csv)
  const names = header?.cells.map((name) => name.trim().toLowerCase()) ?? []
  if (names.length === HEADER.length && HEADER.every((name, at) => names[at] === name)) return rows
  const detail = `the first line must be ${HEADER.join()}`
  throw new DomainError('validation_failed', { errors: [{ pointer: '', code: 'text_invalid', detail }] })
}

async function categoriesByName(tx: Transaction): Promise<ReadonlyMap<string, CategoryId>> {
  return new Map((await tx.categories.lockAll()).map(({ id, name }) => [foldName(name), id]))
}

function factsOf(
  { cells, isUnclosed }: CsvRow,
  categories: ReadonlyMap<string, CategoryId>,
  { baseCurrency }: ExpenseRules,
): z.output<typeof createExpenseInput> {
  const [date = '', category = '', amount = '', description = ''] = cells
  if (isUnclosed) throw malformed('a quote is opened and never closed')
  if (cells.length > HEADER.length) throw malformed(`the row has ${cells.length} cells, not ${HEADER.length}`)
  const categoryId = categories.get(foldName(category))
  if (categoryId === undefined)
    throw new DomainError('category_not_found', { categoryId: category.slice(0, 100) })
  return parse(createExpenseInput, {
    expenseDate: date.trim(),
    categoryId,
    amount: { amount: amount.trim(), currency: baseCurrency },
    description: description === '' ? null : description,
  })
}

function malformed(detail: string): DomainError {
  return new DomainError('validation_failed', { errors: [{ pointer: '', code: 'text_invalid', detail }] })
}

/** The first fault of a row speaks for it. */
function rejection(line: number, refusal: unknown): RejectedRow {
  if (!isDomainError(refusal)) throw refusal
  const [first] = refusal.code === 'validation_failed' ? refusal.details.errors : []
  return { line, code: first?.code ?? refusal.code, detail: first?.detail ?? refusal.message }
}
