import { type AnyDomainError, DomainError, type FieldError, isDomainError } from '@daftari/domain'
import { z } from 'zod'
import { coded } from '../input/coded.ts'

const MOST_ITEMS = 1000

/** The frame of a bulk input; its items are judged one by one. */
export const bulkInput = z.strictObject({
  items: z
    .array(z.unknown(), { error: coded('text_invalid', 'items is a list') })
    .min(1, { error: coded('text_invalid', 'there is nothing to do') })
    .max(MOST_ITEMS, { error: coded('text_invalid', `at most ${MOST_ITEMS} items at once`) }),
  mode: z.enum(['all', 'partial'], { error: coded('text_invalid', 'all or partial') }).default('all'),
})

/** What a document says about a bulk input: its items are of one shape. */
export function bulkBody<Item extends z.ZodType>(item: Item) {
  return bulkInput.omit({ mode: true }).extend({ items: z.array(item).min(1).max(MOST_ITEMS) })
}

/** `mode: 'partial'` lets each item stand alone; otherwise one bad item refuses them all. */
export interface BulkInput<Item> {
  readonly items: readonly Item[]
  readonly mode?: 'all' | 'partial'
}

/** `data` when all were wanted, `results` when each stands alone. */
export type BulkView<View> =
  | { readonly data: readonly View[] }
  | { readonly results: readonly BulkResult<View>[] }

export type BulkResult<View> =
  | { readonly index: number; readonly data: View }
  | { readonly index: number; readonly error: BulkError }

export interface BulkError {
  readonly code: AnyDomainError['code']
  readonly detail: string
  readonly errors: readonly FieldError[]
}

/**
 * Takes every item; `take` stages what it accepts and throws what it refuses, before staging anything.
 * @throws the refusals of the items, unless the mode is partial
 */
export function takeEach<View>(
  { items, mode }: z.output<typeof bulkInput>,
  take: (item: unknown) => View,
): BulkView<View> {
  const data: View[] = []
  const results: BulkResult<View>[] = []
  const refusals: { readonly index: number; readonly refusal: AnyDomainError }[] = []
  items.forEach((item, index) => {
    try {
      const view = take(item)
      data.push(view)
      results.push({ index, data: view })
    } catch (refusal) {
      if (!isDomainError(refusal)) throw refusal
      refusals.push({ index, refusal })
      results.push({ index, error: bulkError(index, refusal) })
    }
  })
  if (mode === 'partial') return { results }
  const [first] = refusals
  if (first === undefined) return { data }
  throw refusalOfAll(first, refusals)
}

function bulkError(index: number, refusal: AnyDomainError): BulkError {
  const { code, message: detail, details } = refusal
  return { code, detail, errors: 'errors' in details ? atItem(index, details.errors) : [] }
}

/** Faults of input are told together; a refusal by the books is told for the first item it met. */
function refusalOfAll(
  first: { readonly index: number; readonly refusal: AnyDomainError },
  refusals: readonly { readonly index: number; readonly refusal: AnyDomainError }[],
): DomainError {
  const errors = refusals.flatMap(({ index, refusal }) =>
    refusal.code === 'validation_failed' ? atItem(index, refusal.details.errors) : [],
  )
  if (errors.length > 0) return new DomainError('validation_failed', { errors })
  const { index, refusal } = first
  const message = `Item ${index}: ${refusal.message}`
  if (refusal.code === 'category_not_found') {
    const pointer = `/items/${index}/categoryId`
    return new DomainError(refusal.code, { ...refusal.details, pointer }, { message })
  }
  if (refusal.code === 'attachment_not_found') {
    const pointer = `/items/${index}/attachmentIds`
    return new DomainError(refusal.code, { ...refusal.details, pointer }, { message })
  }
  return new DomainError<typeof refusal.code>(refusal.code, refusal.details, { message, cause: refusal })
}

function atItem(index: number, errors: readonly FieldError[]): FieldError[] {
  return errors.map((error) => ({ ...error, pointer: `/items/${index}${error.pointer}` }))
}
