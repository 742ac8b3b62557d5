import { unicodePattern } from './unicode-pattern.ts'

const ignorable = unicodePattern(String.raw`\p{Default_Ignorable_Code_Point}`, 'gu')
/** ASCII words separated by one space. In such a text only the case must be folded. */
const plainWords = /^[!-~]+(?: [!-~]+)*$/
const whiteSpace = unicodePattern(String.raw`[\s\p{White_Space}]+`, 'gu')

/**
 * The key by which names are compared. It ignores case, width, the encoding of accents, invisible characters
 * and surrounding or repeated white space: `ＴＲＡＶＥＬ`, `Tra\u200bvel` and ` travel ` have the same key, and so
 * do `Straße` and `STRASSE`. Folding a folded name changes nothing.
 */
export function foldName(text: string): string {
  if (plainWords.test(text)) return text.toLowerCase()
  let folded = foldOnce(text)
  // Removing an invisible character can make two neighbours compose, or change which sigma is final.
  // Therefore the folding is repeated until nothing changes.
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
