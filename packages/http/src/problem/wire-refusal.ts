import type { WireCode } from './problem-code.ts'

/** A refusal that never reaches the books: the request itself cannot be used. */
export class WireRefusal extends Error {
  readonly code: WireCode

  constructor(code: WireCode, detail: string, options?: { readonly cause: unknown }) {
    super(detail, options)
    this.code = code
    Object.defineProperty(this, 'name', { value: 'WireRefusal' })
  }
}
