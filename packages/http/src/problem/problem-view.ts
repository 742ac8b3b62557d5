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

/** A refusal inside a larger answer. */
export const problemView: z.ZodObject = z
  .object({ ...members, errors: z.array(field) })
  .meta({ title: 'ItemProblem' })

/** A refusal that is the answer (RFC 9457). */
export const wholeProblemView: z.ZodObject = z
  .object({
    ...members,
    instance: z.string(),
    requestId: z.string(),
    errors: z.array(field),
  })
  .meta({ title: 'Problem' })

/** A refusal for a stale version carries the record as it stands. */
export function staleProblemView(current: z.ZodType): z.ZodObject {
  return wholeProblemView.extend({ current })
}
