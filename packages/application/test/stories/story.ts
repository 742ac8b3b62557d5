import type { OpenBooks } from '../support/open-books.ts'

/** Lets each event of some records happen at least once that others may hear of. */
export type Story = (opened: OpenBooks) => Promise<void>
