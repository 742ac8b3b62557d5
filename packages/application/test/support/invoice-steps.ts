import fc from 'fast-check'
import { LEVELS, type ModelFacts, type ModelInvoice, paidOf } from './invoice-model.ts'

/** One thing somebody does. `which` picks among the invoices of both owners, or none; so does `payment`. */
export type Action =
  | { readonly do: 'create'; readonly facts: ModelFacts }
  | (Targeted & { readonly do: 'pay'; readonly cents: number | 'rest'; readonly isToday: boolean })
  | (Targeted & { readonly do: 'reverse'; readonly payment: number })
  | (Targeted & { readonly do: 'change'; readonly facts: Partial<ModelFacts> })
  | (Targeted & { readonly do: 'hurry'; readonly level: (typeof LEVELS)[number] })
  | (Targeted & { readonly do: 'calm' })
  | (Targeted & { readonly do: 'void'; readonly reason: string })

export interface Targeted {
  readonly which: number
  readonly version: 'right' | 'stale' | 'none' | '*'
}

export type Step = Action & { readonly by: 'scope' | 'stranger' }

const cents = fc.integer({ min: 1, max: 300 })
const split = fc.constantFrom<[number | null, number | null]>(
  [null, null],
  [1, null],
  [null, 1],
  [1, 1],
  [0, 1],
)
const facts: fc.Arbitrary<ModelFacts> = fc
  .record({
    name: fc.constantFrom('Tanesco', 'TANESCO', 'Dawasa'),
    taxId: fc.constantFrom(null, null, '1 00', '100', '200'),
    number: fc.constantFrom('A-1', 'a - 1', 'B-2', 'C-3', 'D-4'),
    dueDate: fc.constantFrom('2026-11-20', '2026-11-21', '2026-11-29', '2027-01-01'),
    total: fc.integer({ min: 0, max: 300 }),
    split,
    notes: fc.constantFrom(null, 'Umeme'),
    duplicateReason: fc.constantFrom(null, null, 'Two meters'),
  })
  .map(({ split: [subtotal, tax], ...rest }) => {
    // Parts that add up where both are given, unless the total is too small for them.
    return { ...rest, subtotal: subtotal === 1 && tax === 1 ? rest.total - 1 : subtotal, tax }
  })
  .filter(({ subtotal }) => subtotal === null || subtotal >= 0)

const target = {
  which: fc.nat({ max: 999 }),
  version: fc.constantFrom('right', 'right', 'right', 'right', 'stale', 'none', '*'),
} as const
const action: fc.Arbitrary<Action> = fc.oneof(
  { weight: 2, arbitrary: fc.record({ do: fc.constant('create'), facts }) },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('pay'),
      ...target,
      cents: fc.oneof(cents, fc.constantFrom<(number | 'rest')[]>(0, 'rest', 'rest')),
      isToday: fc.integer({ min: 0, max: 9 }).map((one) => one > 0),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant('reverse'), ...target, payment: fc.nat({ max: 999 }) }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('change'),
      ...target,
      facts: facts.chain((all) => fc.subarray(Object.entries(all)).map((some) => Object.fromEntries(some))),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('hurry'), ...target, level: fc.constantFrom(...LEVELS) }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('calm'), ...target }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('void'), ...target, reason: fc.constantFrom('Wrong', '') }),
  },
) as fc.Arbitrary<Action>

export const step: fc.Arbitrary<Step> = fc
  .tuple(action, fc.constantFrom(...Array<'scope'>(9).fill('scope'), 'stranger'))
  .map(([what, by]) => ({ ...what, by }) as Step)

export function targetOf(known: readonly ModelInvoice[], { which }: Targeted): ModelInvoice | undefined {
  return pick(known, which)
}

export function paymentOf(invoice: ModelInvoice | undefined, { payment }: { readonly payment: number }) {
  return pick(invoice?.payments ?? [], payment)
}

/** A tenth of all numbers below 1,000 picks nothing. */
function pick<Item>(items: readonly Item[], number: number): Item | undefined {
  return number < 900 ? items[number % items.length] : undefined
}

export function centsOf(invoice: ModelInvoice | undefined, cents: number | 'rest'): number {
  if (cents !== 'rest') return cents
  return invoice === undefined ? 1 : Math.max(invoice.total - paidOf(invoice), 1)
}
