import { accepted, type ParsedText, refused, tooLong } from './parsed-text.ts'
import { unicodePattern } from './unicode-pattern.ts'

// Composing (NFC) shortens a text at most by this factor: six UTF-16 units become one code point.
const MAX_UNITS_PER_CODE_POINT = 6

const control = unicodePattern(String.raw`[^\P{Cc}\t\n\r]`, 'u')

/**
 * Reads a text of at most `maxCodePoints`, composed (NFC) and otherwise unchanged. It may be empty and may
 * contain tabs and line breaks. Refuses other control characters (PostgreSQL cannot store NUL) and lone
 * surrogates.
 */
export function parseText(text: string, maxCodePoints: number): ParsedText {
  if (!text.isWellFormed()) return refused('lone_surrogate')
  if (control().test(text)) return refused('control_character')
  const composed = compose(text, maxCodePoints)
  if (composed === null) return tooLong(maxCodePoints)
  return accepted(composed)
}

/** The text in NFC, or `null` when it has too many code points. A text that is far too long is refused before the costly composing. */
export function compose(text: string, maxCodePoints: number): string | null {
  if (text.length > maxCodePoints * MAX_UNITS_PER_CODE_POINT) return null
  const composed = text.normalize('NFC')
  return countCodePoints(composed) > maxCodePoints ? null : composed
}

function countCodePoints(text: string): number {
  let count = 0
  for (const _ of text) count++
  return count
}
