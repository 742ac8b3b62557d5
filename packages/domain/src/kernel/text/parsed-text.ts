/** The reason why a text is refused. */
export type TextFault =
  | 'empty'
  | 'too_long'
  | 'control_character'
  | 'lone_surrogate'
  | 'bidi_control'
  | 'invisible'
  | 'mixed_script'

/** The text to store, or the reason why it is refused. */
export type ParsedText =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly fault: TextFault; readonly detail: string }

const details = {
  empty: 'must not be empty',
  control_character: 'contains a control character',
  lone_surrogate: 'contains a lone surrogate (half of a UTF-16 pair)',
  bidi_control: 'contains a character that changes the direction of writing',
  invisible: 'contains nothing that can be seen',
  mixed_script: 'mixes letters of several scripts in one word',
} satisfies Record<Exclude<TextFault, 'too_long'>, string>

export function accepted(text: string): ParsedText {
  return { ok: true, text }
}

export function refused(fault: Exclude<TextFault, 'too_long'>): ParsedText {
  return { ok: false, fault, detail: details[fault] }
}

export function tooLong(maxCodePoints: number): ParsedText {
  return { ok: false, fault: 'too_long', detail: `is longer than ${maxCodePoints} characters` }
}
