import { foldWords } from '@daftari/domain'
import { type RawBuilder, sql } from 'kysely'

/** The folded words of a text as one string in which each word follows a space. */
export function wordsColumn(text: string): string {
  return foldWords(text)
    .map((word) => ` ${word}`)
    .join('')
}

/**
 * Whether each of these is the beginning of a word of the column. It is one comparison and not one `like` for each
 * word, for the planner: it estimates that one comparison matches a third of all rows, but that several `like` match
 * none, and would then sort all rows instead of walking along the index.
 */
export function beginWords(column: RawBuilder<string>, starts: readonly string[]): RawBuilder<boolean> {
  const places = starts.map((start) => sql`strpos(${column}, ${` ${start}`})`)
  return sql<boolean>`least(${sql.join(places)}) > 0`
}
