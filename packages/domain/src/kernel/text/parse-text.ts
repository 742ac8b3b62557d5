import { accepted, type ParsedText, refused, tooLong } from './parsed-text.ts'
import { unicodePattern } from './unicode-pattern.ts'

// The most that composing (NFC) ever shortens a text: six units become one code point.
const MAX_UNITS_PER_CODE_POINT = 6

const control = unicodePattern(String.raw`[^\P{Cc}\t\n\r]`, 'u')

/**
 * A text of at most so many code points, composed (NFC) and otherwise as it came: it may be empty and may hold tabs and
 * line breaks, but no other control character (PostgreSQL cannot store NUL) and no half of a surrogate pair.
 */
export function parseText(text: string, maxCodePoints: number): ParsedText {
  if (!text.isWellFormed()) return refused('lone_surrogate')
  if (control().test(text)) return refused('control_character')
  const composed = compose(text, maxCodePoints)
  if (composed === null) return tooLong(maxCodePoints)
  return accepted(composed)
}

/** The text in NFC, or `null` when it then has too many code points; a text far too long is not even composed. */
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
