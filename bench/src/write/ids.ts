/** How many owners keep books on the stage, numbered from 1. */
export const OWNERS = 100
/** How many invoices each worker has at each owner, so that no two ever pay the same one at once. */
export const INVOICES = 40

/** What an id begins with, by what it names. The rest are twelve digits, which pgbench can reckon with. */
export const PREFIX = {
  owner: '0a000000-0000-7000-8000-',
  category: '0c000000-0000-7000-8000-',
  invoice: '01000000-0000-7000-8000-',
} as const

export const FIRST = 100_000_000_000

export function ownerId(owner: number): string {
  return PREFIX.owner + (FIRST + owner)
}

/** The category that every owner has. */
export function categoryId(owner: number): string {
  return PREFIX.category + (FIRST + owner)
}

export function invoiceId(owner: number, worker: number, invoice: number): string {
  return PREFIX.invoice + (FIRST + owner * 10_000 + worker * 100 + invoice)
}

export function anyOwner(): number {
  return 1 + Math.floor(Math.random() * OWNERS)
}

export function anyInvoice(): number {
  return 1 + Math.floor(Math.random() * INVOICES)
}
