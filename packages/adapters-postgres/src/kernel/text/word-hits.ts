import { type RawBuilder, sql } from 'kysely'

/** The length of a stored word: `left(word, 64)`. */
const LONGEST = 64
/** The largest character. No word contains it, so a prefix followed by it sorts after every word with that prefix. */
const AFTER_ALL = '\u{10ffff}'
/** A word with more entries than this is common, so that walking along the sorted records finds it soon. */
const MOST_HITS = 4000

/** Some rows of a word table. */
export interface WordEntries {
  readonly table: string
  readonly columns: readonly string[]
  readonly where: RawBuilder<unknown>
}

/** The entries of a word table for the searched words. */
export interface WordHits {
  /** Common table expressions. `hits` contains the entries for the rarest word, and is empty when all words are common. */
  readonly ctes: RawBuilder<unknown>
  /** Whether every word is too common for `hits`. */
  readonly isCommon: RawBuilder<boolean>
}

/** Whether every entry in the range of this word really begins with it, which holds unless the word is longer than stored ones. */
export function isExact(word: string): boolean {
  return [...word].length <= LONGEST
}

/**
 * The range of words that begin with a prefix: from the prefix to the prefix followed by the largest character. A range
 * is used and not `like`, because under row level security only comparison operators can use an index.
 */
export function wordRange(word: string): RawBuilder<boolean> {
  const start = [...word].slice(0, LONGEST).join('')
  return sql<boolean>`word >= ${start} and word < ${start + AFTER_ALL}`
}

/** `hits` may contain a record twice, and records that do not match the other words. */
export function wordHits(words: readonly string[], entries: WordEntries): WordHits {
  const columns = sql.join(entries.columns.map((column) => sql.ref(column)))
  const found = words.map((word, at) => {
    return sql`${sql.ref(`found_${at}`)} as materialized (
      select ${columns} from ${sql.table(entries.table)}
      where ${entries.where} and ${wordRange(word)} limit ${sql.lit(MOST_HITS + 1)})`
  })
  const count = (at: number): RawBuilder<number> => sql`(select count(*) from ${sql.ref(`found_${at}`)})`
  const counts = sql`array[${sql.join(words.map((_, at) => count(at)))}]`
  const rarest = sql`rarest as materialized (
    select case when least > ${sql.lit(MOST_HITS)} then 0 else array_position(counts, least) end as place
    from (select counts, (select min(n) from unnest(counts) n) as least from (select ${counts} as counts) c) l)`
  const chosen = words.map(
    (_, at) => sql`select ${columns} from ${sql.ref(`found_${at}`)}
      where (select place from rarest) = ${sql.lit(at + 1)}`,
  )
  const hits = sql`hits as (${sql.join(chosen, sql` union all `)})`
  return {
    ctes: sql`${sql.join([...found, rarest, hits])}`,
    isCommon: sql<boolean>`(select place from rarest) = 0`,
  }
}
