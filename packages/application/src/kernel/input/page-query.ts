import { z } from 'zod'
import { wholeNumber } from './fields.ts'

/** The parameters of every list. */
export const pageQuery = {
  limit: wholeNumber(1, 100).default(25),
  cursor: z.string().optional(),
}

/** A parameter with one or several values. */
export function listOf<Item extends z.ZodType>(item: Item) {
  return z.union([z.array(item), item.transform((one) => [one])], {
    error: ({ code, errors, input }) => {
      if (code !== 'invalid_union') return undefined
      const [ofSeveral, ofOne] = errors
      return (Array.isArray(input) ? ofSeveral : ofOne)?.[0]?.message
    },
  })
}
