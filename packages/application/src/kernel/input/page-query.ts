import { z } from 'zod'
import { wholeNumber } from './fields.ts'

/** What every list takes. */
export const pageQuery = {
  limit: wholeNumber(1, 100).default(25),
  cursor: z.string().optional(),
}

/** One value, or several. */
export function listOf<Item extends z.ZodType>(item: Item) {
  return z.union([z.array(item), item.transform((one) => [one])], {
    error: ({ code, errors, input }) => {
      if (code !== 'invalid_union') return undefined
      const [ofSeveral, ofOne] = errors
      return (Array.isArray(input) ? ofSeveral : ofOne)?.[0]?.message
    },
  })
}
