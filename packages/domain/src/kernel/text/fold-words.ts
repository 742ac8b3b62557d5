import { foldName } from './fold-name.ts'
import { unicodePattern } from './unicode-pattern.ts'

const words = unicodePattern(String.raw`[\p{L}\p{M}\p{N}]+`, 'gu')

/**
 * The distinct folded words of a text, in order of appearance. A search compares them by prefix. A word is a
 * run of letters, marks and numbers. A final sigma becomes a plain sigma; otherwise a prefix that ends in
 * sigma would not match the longer word.
 */
export function foldWords(text: string): string[] {
  return [...new Set(foldName(text).replaceAll('ς', 'σ').match(words()))]
}
