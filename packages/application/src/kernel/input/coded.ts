import type { FieldErrorCode } from '@daftari/domain'

/**
 * The message of a zod error that carries our error code. Zod has only its own codes, so ours is put in front of the
 * message; `decode` separates the two.
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
