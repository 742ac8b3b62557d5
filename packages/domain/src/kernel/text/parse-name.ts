import { compose } from './parse-text.ts'
import { accepted, type ParsedText, refused, tooLong } from './parsed-text.ts'
import { unicodePattern } from './unicode-pattern.ts'

// This also limits a name to 400 bytes of UTF-8, because a code point takes at most four bytes.
const MAX_CODE_POINTS = 100

const control = unicodePattern(String.raw`[\p{Cc}\p{Zl}\p{Zp}]`, 'u')
const bidiControl = unicodePattern(String.raw`\p{Bidi_Control}`, 'u')
const ignorable = unicodePattern(String.raw`\p{Default_Ignorable_Code_Point}`, 'gu')
const words = unicodePattern(String.raw`[\p{L}\p{M}\p{N}]+`, 'gu')
// A combining mark alone is not visible, and neither is the blank braille pattern.
const visible = unicodePattern(
  String.raw`[^\p{M}\p{Z}\p{Cf}\p{Co}\p{Default_Ignorable_Code_Point}\u2800]`,
  'u',
)
// Scripts with letters that look alike.
const confusable = ['Latin', 'Cyrillic', 'Greek'].map((script) =>
  unicodePattern(`\\p{Script=${script}}`, 'u'),
)

/**
 * Reads a name. It is trimmed and composed (NFC), has 1 to 100 code points (at most 400 bytes of UTF-8) and
 * at least one visible character. Refuses control characters, lone surrogates, characters that change the
 * direction of writing, and words that mix Latin, Cyrillic and Greek letters.
 */
export function parseName(text: string): ParsedText {
  if (!text.isWellFormed()) return refused('lone_surrogate')
  const trimmed = text.trim()
  if (trimmed === '') return refused('empty')
  if (control().test(trimmed)) return refused('control_character')
  if (bidiControl().test(trimmed)) return refused('bidi_control')
  const name = compose(trimmed, MAX_CODE_POINTS)
  if (name === null) return tooLong(MAX_CODE_POINTS)
  if (!visible().test(name)) return refused('invisible')
  if (mixesScripts(name)) return refused('mixed_script')
  return accepted(name)
}

function mixesScripts(name: string): boolean {
  const written = name.replace(ignorable(), '').match(words()) ?? []
  return written.some((word) => confusable.filter((script) => script().test(word)).length > 1)
}
