import type { StartedBooks } from '../support/open-books.ts'

export type Act = (started: StartedBooks) => Promise<unknown>

/** The call that must be refused, and what happened before. */
export type RefusalCase = Act | { readonly given: Act; readonly act: Act }

/** By the file of the use case and the code it refuses with. */
export type RefusalCases = Readonly<Record<string, Readonly<Record<string, RefusalCase>>>>

export const unknownParameter = { amout: '5' } as object
export const forged = { cursor: 'abc.def' }
