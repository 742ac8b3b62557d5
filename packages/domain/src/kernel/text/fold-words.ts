import { foldName } from './fold-name.ts'
import { unicodePattern } from './unicode-pattern.ts'

const words = unicodePattern(String.raw`[\p{L}\p{M}\p{N}]+`, 'gu')

/**
 * The distinct folded words of a text, in order of appearance: what a search compares, by prefix. A word is a run of
 * letters, marks and numbers. A final sigma is written like any other, else a word would not begin with its own start.
 */
export function foldWords(text: string): string[] {
  return [...new Set(foldName(text).replaceAll('ς', 'σ').match(words()))]
}
