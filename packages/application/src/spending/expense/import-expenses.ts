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
import { type CsvRow, streamCsv } from '../../kernel/csv/read-csv.ts'
import { isStream, type TextStream } from '../../kernel/idempotency/hashed-stream.ts'
import { once } from '../../kernel/input/once.ts'
import { parse } from '../../kernel/input/parse.ts'
import { occasionOf } from '../../kernel/occasion.ts'
import type { TransactionScope } from '../../kernel/ports.ts'
import type { Ports, Transaction } from '../../ports.ts'
import type { OwnerSettings } from '../../settings/ports.ts'
import { createExpenseInput } from './expense-shapes.ts'

type Deps = Pick<Ports, 'unitOfWork' | 'clock' | 'ids'> & { readonly settings: OwnerSettings }

export interface ImportExpensesInput {
  /**
   * CSV with the header `date,category,amount,description`, with categories by name. The text is given whole or in
   * pieces. Pieces come from an iterable that is read once, or from a function that returns a new iterable; with a
   * function, the transaction can be repeated after a conflict.
   */
  readonly csv: string | TextStream
  /** By default the rows are only validated. They are stored when this is `false`. */
  readonly dryRun?: boolean
}

const importInput = z.strictObject({
  csv: z.union([z.string(), z.custom<TextStream>(isStream)]),
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

/**
 * `accepted` is the number of rows that were stored, or in a dry run of rows that would be. `rejected` contains at most
 * the first 10,000 rejected rows.
 */
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

/** The most rejected rows that are reported, because the report is held in memory. */
const MOST_REJECTED = 10_000

type Decision = ReturnType<typeof recordExpense>
type Judged = AsyncGenerator<Decision | RejectedRow, void>

/** Rolls the transaction back, and carries the rows that are not validated yet. */
class Rejected extends Error {
  readonly report: ImportView
  readonly rest: Judged

  constructor(report: ImportView, rest: Judged) {
    super('a row was rejected')
    this.report = report
    this.rest = rest
  }
}

/**
 * Stores all rows, or none when one is rejected. Holds at most a thousand rows in memory. No transaction is open while
 * rows are only validated, which is in a dry run and after the first rejected row. @throws validation_failed when the
 * header is wrong; overloaded when the transaction must be repeated but the pieces can be read only once
 */
export function importExpenses({ unitOfWork, clock, ids, settings }: Deps) {
  return async function importExpenses(
    scope: TransactionScope,
    input: ImportExpensesInput,
  ): Promise<ImportView> {
    const { csv, dryRun } = parse(importInput, input)
    const pieces = piecesOf(csv)
    const known = await settings.current(scope.ownerId)
    if (dryRun) {
      const categories = await unitOfWork.transact({ ...scope, idempotency: null }, categoriesByName)
      return keep(await judgeRest({ rows: 0, accepted: 0, rejected: [] }, judgedBy(categories)))
    }
    try {
      return await unitOfWork.transact(scope, store)
    } catch (failure) {
      if (!(failure instanceof Rejected)) throw failure
      return keep({ ...(await judgeRest(failure.report, failure.rest)), accepted: 0 })
    }

    async function* judgedBy(categories: ReadonlyMap<string, CategoryId>): Judged {
      const { at, by, today } = occasionOf(scope, known, clock)
      const rules = { ...known, today }
      for await (const row of rowsOf(pieces())) {
        try {
          const facts = factsOf(row, categories, rules)
          yield recordExpense({ id: ids.next<ExpenseId>(), ...facts, at, by }, rules)
        } catch (refusal) {
          yield rejection(row.line, refusal)
        }
      }
    }

    async function store(tx: Transaction): Promise<ImportView> {
      const judged = judgedBy(await categoriesByName(tx))
      let rows = 0
      let sent: Promise<unknown> = Promise.resolve()
      for (let next = await judged.next(); !next.done; next = await judged.next()) {
        if ('code' in next.value) {
          throw new Rejected({ rows: rows + 1, accepted: rows, rejected: [next.value] }, judged)
        }
        tx.expenses.insert(next.value.state)
        tx.events.append(next.value.events)
        rows += 1
        if (rows % ROWS_AT_ONCE > 0) continue
        // A read sends the staged rows, so the next rows are validated while these are being stored.
        await sent
        sent = tx.expenses.exist()
        sent.catch(() => {})
      }
      await sent
      return { rows, accepted: rows, rejected: [] }
    }

    async function keep(report: ImportView): Promise<ImportView> {
      return scope.idempotency === null ? report : unitOfWork.transact(scope, async () => report)
    }
  }
}

async function judgeRest(report: ImportView, rest: Judged): Promise<ImportView> {
  let { rows, accepted } = report
  const rejected = [...report.rejected]
  for await (const judged of rest) {
    rows += 1
    if (!('code' in judged)) accepted += 1
    else if (rejected.length < MOST_REJECTED) rejected.push(judged)
  }
  return { rows, accepted, rejected }
}

function piecesOf(csv: string | TextStream): () => AsyncIterable<string> {
  if (typeof csv === 'function') return csv
  return typeof csv === 'string' ? () => onePiece(csv) : atMostOnce(csv)
}

async function* onePiece(text: string): AsyncGenerator<string> {
  yield text
}

/** Pieces that can be read only once. When the transaction is retried, they are gone, so it throws `overloaded`. */
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

/** Only the first fault of a row is reported. */
function rejection(line: number, refusal: unknown): RejectedRow {
  if (!isDomainError(refusal)) throw refusal
  const [first] = refusal.code === 'validation_failed' ? refusal.details.errors : []
  return { line, code: first?.code ?? refusal.code, detail: first?.detail ?? refusal.message }
}
