import { z } from 'zod'

const field = z.object({
  pointer: z.string().meta({ description: 'A JSON pointer into the body.' }),
  code: z.string(),
  detail: z.string(),
})

const members = {
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: z.string(),
  detail: z.string(),
}

/** A problem inside a larger answer. */
export const problemView: z.ZodObject = z
  .object({ ...members, errors: z.array(field) })
  .meta({ title: 'ItemProblem' })

/** A problem that is the whole answer (RFC 9457). */
export const wholeProblemView: z.ZodObject = z
  .object({
    ...members,
    instance: z.string(),
    requestId: z.string(),
    errors: z.array(field),
  })
  .meta({ title: 'Problem' })

/** A problem for a stale version. It contains the current record. */
export function staleProblemView(current: z.ZodType): z.ZodObject {
  return wholeProblemView.extend({ current })
}
