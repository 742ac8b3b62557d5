import { foldWords } from '@daftari/domain'
import { type RawBuilder, sql } from 'kysely'

/** The folded words of a text as one string in which each word follows a space. */
export function wordsColumn(text: string): string {
  return foldWords(text)
    .map((word) => ` ${word}`)
    .join('')
}

/**
 * Whether every one of these is how a word of the column begins. One comparison, not one for each: the planner takes it
 * to fit a third of all rows, where several of `like` seem to fit none and make it sort what it should walk.
 */
export function beginWords(column: RawBuilder<string>, starts: readonly string[]): RawBuilder<boolean> {
  const places = starts.map((start) => sql`strpos(${column}, ${` ${start}`})`)
  return sql<boolean>`least(${sql.join(places)}) > 0`
}
