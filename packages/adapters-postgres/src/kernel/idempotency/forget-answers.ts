import type { Database } from '../session/database.ts'

const FORGET = 'select daftari.forget_answers($1) as forgotten'
const AT_ONCE = 1000

/** The function works across all owners, so no owner is set. */
const NOBODY = ''

/** Deletes in batches, to keep each transaction short. */
export async function forgetAnswers(database: Database): Promise<number> {
  for (let total = 0; ; ) {
    const [result] = await database.write(NOBODY, [{ text: FORGET, values: [AT_ONCE] }])
    const forgotten = Number(result?.rows[0]?.forgotten ?? 0)
    total += forgotten
    if (forgotten < AT_ONCE) return total
  }
}
