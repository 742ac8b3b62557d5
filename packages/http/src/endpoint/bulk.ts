import { type BulkResult, type BulkView, bulkFrame, errorMeanings, parse } from '@daftari/application'
import { z } from 'zod'
import { problem } from '../problem/problem.ts'
import { problemView } from '../problem/problem-view.ts'
import { type Answer, shown } from './answer.ts'
import type { DocumentedAnswer } from './endpoint.ts'

export const bulkQuery: z.ZodObject<{ mode: z.ZodDefault<z.ZodEnum<{ all: 'all'; partial: 'partial' }>> }> =
  z.strictObject({
    mode: z.enum(['all', 'partial']).default('all').meta({
      description:
        'With `partial`, each item succeeds or fails by itself. Otherwise one refused item refuses all items.',
    }),
  })

type BulkMode = z.output<typeof bulkQuery>

/** Combines the body of a bulk request with the mode of its query. @throws validation_failed, also when the body contains a mode */
export function bulkInputOf<Body extends object>(body: Body, query: BulkMode): Body & BulkMode {
  parse(bulkFrame, body)
  return Object.assign({}, body, query)
}

/** Answers 201 for mode `all`, and 200 with a status for each item for mode `partial`. */
export function bulkAnswer<View>(view: BulkView<View>): Answer {
  if ('data' in view) return shown(view, { status: 201 })
  return shown({ results: view.results.map(resultOf) }, { from: view })
}

function resultOf<View>(result: BulkResult<View>): object {
  const { index } = result
  if ('data' in result) return { index, status: 201, data: result.data }
  const { code, detail, errors } = result.error
  const { pointer } = errorMeanings[code]
  const named = pointer === undefined ? errors : [{ pointer: `/items/${index}${pointer}`, code, detail }]
  const told = problem(code, detail, named)
  return { index, status: told.status, problem: told }
}

export function bulkAnswers(view: z.ZodType): readonly DocumentedAnswer[] {
  const taken = z.object({ index: z.int(), status: z.literal(201), data: view })
  const refused = z.object({ index: z.int(), status: z.int(), problem: problemView })
  return [
    { status: 201, description: 'All new records.', view: z.object({ data: z.array(view) }) },
    {
      status: 200,
      description: 'With `mode=partial`: the result of each item, in the order of the items.',
      view: z.object({ results: z.array(z.union([taken, refused])) }),
    },
  ]
}
