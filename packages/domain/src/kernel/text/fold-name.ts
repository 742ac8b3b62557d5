import { unicodePattern } from './unicode-pattern.ts'

const ignorable = unicodePattern(String.raw`\p{Default_Ignorable_Code_Point}`, 'gu')
/** Words of ASCII with one space between, in which there is only the case to fold. */
const plainWords = /^[!-~]+(?: [!-~]+)*$/
const whiteSpace = unicodePattern(String.raw`[\s\p{White_Space}]+`, 'gu')

/**
 * The key under which names count as the same, whatever their case, width, accents' spelling, invisible characters and
 * white space: `ＴＲＡＶＥＬ`, `Tra\u200bvel` and ` travel ` fold alike, as do `Straße` and `STRASSE`. Folding twice
 * changes nothing.
 */
export function foldName(text: string): string {
  if (plainWords.test(text)) return text.toLowerCase()
  let folded = foldOnce(text)
  // Taking an invisible character away can bring letters together that compose, or change which sigma is the last.
  for (let previous = text; folded !== previous; ) {
    previous = folded
    folded = foldOnce(previous)
  }
  return folded
}

function foldOnce(text: string): string {
  return text
    .normalize('NFKC')
    .toUpperCase()
    .toLowerCase()
    .normalize('NFKC')
    .replace(ignorable(), '')
    .replace(whiteSpace(), ' ')
    .trim()
}
