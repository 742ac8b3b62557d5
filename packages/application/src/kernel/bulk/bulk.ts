import {
  type AnyDomainError,
  DomainError,
  type DomainErrorCode,
  type FieldError,
  isDomainError,
} from '@daftari/domain'
import { z } from 'zod'
import { coded } from '../input/coded.ts'

const MOST_ITEMS = 1000

/** The schema of a bulk input without its items, which are validated one by one. */
export const bulkInput = z.strictObject({
  items: z
    .array(z.unknown(), { error: coded('text_invalid', 'items must be a list') })
    .min(1, { error: coded('text_invalid', 'items must not be empty') })
    .max(MOST_ITEMS, { error: coded('text_invalid', `at most ${MOST_ITEMS} items at once`) }),
  mode: z.enum(['all', 'partial'], { error: coded('text_invalid', 'all or partial') }).default('all'),
})

/** The same schema for drivers that read the mode from another place, such as the query string. */
export const bulkFrame = bulkInput.omit({ mode: true })

/** The schema of a bulk input for documentation, with the schema of its items. */
export function bulkBody<Item extends z.ZodType>(item: Item) {
  return bulkFrame.extend({ items: z.array(item).min(1).max(MOST_ITEMS) })
}

/** With `mode: 'partial'` each item succeeds or fails by itself. Otherwise one refused item refuses all items. */
export interface BulkInput<Item> {
  readonly items: readonly Item[]
  readonly mode?: 'all' | 'partial'
}

/** `data` for mode `all`, `results` for mode `partial`. */
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

/** For error codes about a reference: the pointer to that reference inside an item. */
type ReferencePlaces = { readonly [Code in DomainErrorCode]?: { readonly pointer?: string | undefined } }

/**
 * Calls `take` for every item. `take` validates the item first: it throws a refusal, or stages the writes and returns
 * the view. `places` is given when items contain references, so that the refusal of a whole batch points to the item
 * that caused it. @throws the refusals of the items, unless the mode is partial
 */
export function takeEach<View>(
  { items, mode }: z.output<typeof bulkInput>,
  take: (item: unknown) => View,
  places: ReferencePlaces = {},
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
  throw refusalOfAll(first, refusals, places)
}

function bulkError(index: number, refusal: AnyDomainError): BulkError {
  const { code, message: detail, details } = refusal
  return { code, detail, errors: 'errors' in details ? atItem(index, details.errors) : [] }
}

/** Invalid fields of all items are reported together. Any other refusal is reported for the first item that it concerns. */
function refusalOfAll(
  first: { readonly index: number; readonly refusal: AnyDomainError },
  refusals: readonly { readonly index: number; readonly refusal: AnyDomainError }[],
  places: ReferencePlaces,
): DomainError {
  const errors = refusals.flatMap(({ index, refusal }) =>
    refusal.code === 'validation_failed' ? atItem(index, refusal.details.errors) : [],
  )
  if (errors.length > 0) return new DomainError('validation_failed', { errors })
  const { index, refusal } = first
  const message = `Item ${index}: ${refusal.message}`
  const pointer = places[refusal.code]?.pointer
  const details =
    pointer === undefined
      ? refusal.details
      : Object.assign({}, refusal.details, { pointer: `/items/${index}${pointer}` })
  return new DomainError<typeof refusal.code>(refusal.code, details, { message, cause: refusal })
}

function atItem(index: number, errors: readonly FieldError[]): FieldError[] {
  return errors.map((error) => ({ ...error, pointer: `/items/${index}${error.pointer}` }))
}
