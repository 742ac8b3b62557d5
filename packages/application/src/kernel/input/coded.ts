import type { FieldErrorCode } from '@daftari/domain'

/**
 * A zod error that carries our code. Zod knows its own codes only, so ours travels in front of the sentence
 * and `decode` takes the two apart again.
 */
export function coded(code: FieldErrorCode, detail: string): string {
  return `${code}: ${detail}`
}

const CODED = /^([a-z_]+): (.*)$/s

export function decode(message: string): { code: FieldErrorCode; detail: string } {
  const [, code, detail] = CODED.exec(message) ?? []
  if (code === undefined || detail === undefined) return { code: 'text_invalid', detail: message }
  return { code: code as FieldErrorCode, detail }
}
