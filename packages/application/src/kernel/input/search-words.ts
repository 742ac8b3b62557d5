import { foldWords } from '@daftari/domain'
import { invalidQuery } from './parse-query.ts'

const MOST_WORDS = 5

/** The folded words to look for. @throws invalid_query */
export function searchWords(q: string | undefined, parameter = 'q'): readonly string[] {
  if (q === undefined || q.trim() === '') return []
  const words = foldWords(q)
  if (words.length === 0) throw invalidQuery(parameter, 'search for words: letters or digits')
  if (words.length > MOST_WORDS) throw invalidQuery(parameter, `search for at most ${MOST_WORDS} words`)
  return words
}
