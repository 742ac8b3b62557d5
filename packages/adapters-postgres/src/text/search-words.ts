import { foldWords } from '@daftari/domain'

/** The folded words of a text as one string in which each word follows a space. */
export function wordsColumn(text: string): string {
  return foldWords(text)
    .map((word) => ` ${word}`)
    .join('')
}

/** The pattern that a string of words matches when one of them begins so. */
export function beginsWord(start: string): string {
  return `% ${start.replace(/[\\%_]/g, '\\$&')}%`
}
