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
import { type CsvRow, streamCsv } from '../csv/read-csv.ts'
import { isStream } from '../idempotency/hashed-stream.ts'
import { once } from '../input/once.ts'
import { parse } from '../input/parse.ts'
import type { Ports } from '../ports/ports.ts'
import type { Transaction, TransactionScope } from '../ports/unit-of-work.ts'
import type { OwnerSettings } from '../settings/owner-settings.ts'
import { createExpenseInput } from './expense-shapes.ts'

type Deps = Pick<Ports, 'unitOfWork' | 'clock' | 'ids'> & { readonly settings: OwnerSettings }

export interface ImportExpensesInput {
  /** CSV with the header `date,category,amount,description`; categories by name. Whole, or in pieces as it comes. */
  readonly csv: string | AsyncIterable<string>
  /** Only judges the rows, unless it is `false`. */
  readonly dryRun?: boolean
}

const importInput = z.strictObject({
  csv: z.union([z.string(), z.custom<AsyncIterable<string>>(isStream)]),
  dryRun: z.boolean().default(true),
})

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

/** How many rows are sent to the books at once. */
const ROWS_AT_ONCE = 1000

/** Takes the transaction back and carries out what to report. */
class Rejected extends Error {
  readonly report: ImportView

  constructor(report: ImportView) {
    super('rows were rejected')
    this.report = report
  }
}

/**
 * Stores every row or, when one is rejected, none. Holds a thousand rows at a time, however many there are.
 * @throws validation_failed, when the header is another; overloaded, when pieces that came once were needed again
 */
export function importExpenses({ unitOfWork, clock, ids, settings }: Deps) {
  return async function importExpenses(
    scope: TransactionScope,
    input: ImportExpensesInput,
  ): Promise<ImportView> {
    const { csv, dryRun } = parse(importInput, input)
    const pieces = typeof csv === 'string' ? () => onePiece(csv) : atMostOnce(csv)
    const rules = await settings.expenseRules(scope.ownerId)
    try {
      return await unitOfWork.transact(scope, take)
    } catch (failure) {
      if (!(failure instanceof Rejected)) throw failure
      const { report } = failure
      return scope.idempotency === null ? report : unitOfWork.transact(scope, async () => report)
    }

    async function take(tx: Transaction): Promise<ImportView> {
      const at = clock.now()
      const categories = await categoriesByName(tx)
      const rejected: RejectedRow[] = []
      let [rows, accepted, staged] = [0, 0, 0]
      for await (const row of rowsOf(pieces())) {
        rows += 1
        try {
          const facts = factsOf(row, categories, rules)
          const decision = recordExpense(
            { id: ids.next<ExpenseId>(), ...facts, at, by: scope.actorId },
            rules,
          )
          accepted += 1
          if (dryRun || rejected.length > 0) continue
          tx.expenses.insert(decision.state)
          tx.events.append(decision.events)
          staged += 1
        } catch (refusal) {
          rejected.push(rejection(row.line, refusal))
        }
        // A read sends what is staged.
        if (staged > 0 && staged % ROWS_AT_ONCE === 0) await tx.expenses.exist()
      }
      if (dryRun || rejected.length === 0) return { rows, accepted, rejected }
      const report = { rows, accepted: 0, rejected }
      if (staged > 0) throw new Rejected(report)
      return report
    }
  }
}

async function* onePiece(text: string): AsyncGenerator<string> {
  yield text
}

/** Pieces that come once. A transaction that has to run again cannot have them again. */
function atMostOnce(pieces: AsyncIterable<string>): () => AsyncIterable<string> {
  let isTaken = false
  return () => {
    if (isTaken) throw new DomainError('overloaded', {})
    isTaken = true
    return pieces
  }
}

async function* rowsOf(pieces: AsyncIterable<string>): AsyncGenerator<CsvRow> {
  let hasHeader = false
  for await (const row of streamCsv(pieces)) {
    if (hasHeader) yield row
    else requireHeader(row.cells)
    hasHeader = true
  }
  if (!hasHeader) requireHeader([])
}

function requireHeader(cells: readonly string[]): void {
  const names = cells.map((name) => name.trim().toLowerCase())
  if (names.length === HEADER.length && HEADER.every((name, at) => names[at] === name)) return
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
