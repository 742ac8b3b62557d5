import type { WireCode } from './problem-code.ts'

/** A refusal by the HTTP layer before a use case runs, because the request itself is not valid. */
export class WireRefusal extends Error {
  readonly code: WireCode

  constructor(code: WireCode, detail: string, options?: { readonly cause: unknown }) {
    super(detail, options)
    this.code = code
    Object.defineProperty(this, 'name', { value: 'WireRefusal' })
  }
}
