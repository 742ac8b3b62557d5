import { type RawBuilder, sql } from 'kysely'

/** What an entry of a word table keeps of a word: `left(word, 64)`. */
const LONGEST = 64
/** No word holds it, and it stands after every word with the same start. */
const AFTER_ALL = '\u{10ffff}'
/** With more entries than this, a word is so common that walking the sorted records meets it soon. */
const MOST_HITS = 4000

/** Some rows of a word table. */
export interface WordEntries {
  readonly table: string
  readonly columns: readonly string[]
  readonly where: RawBuilder<unknown>
}

/** The entries of a table that lead to the records in which words begin so. */
export interface WordHits {
  /** Common table expressions: `hits` holds the entries for the rarest word, unless all words are common. */
  readonly ctes: RawBuilder<unknown>
  /** Whether every word is too common for `hits`. */
  readonly isCommon: RawBuilder<boolean>
}

/** Whether every entry in the range of this word is one for a word that begins so. */
export function isExact(word: string): boolean {
  return [...word].length <= LONGEST
}

/**
 * Under row level security only comparisons reach an index: a word that begins with `q` stands from `q` on and before
 * `q` with the last character there is.
 */
export function wordRange(word: string): RawBuilder<boolean> {
  const start = [...word].slice(0, LONGEST).join('')
  return sql<boolean>`word >= ${start} and word < ${start + AFTER_ALL}`
}

/** `hits` may hold a record twice, and one whose other words do not fit. */
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
