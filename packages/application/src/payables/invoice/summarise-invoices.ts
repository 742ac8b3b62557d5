import { type Currency, money, URGENCY_LEVELS, urgencyRank } from '@daftari/domain'
import type { Scope } from '../../kernel/scope.ts'
import type { Ports } from '../../ports.ts'
import type { OwnerSettings } from '../../settings/ports.ts'
import type { OpenInvoices } from '../ports.ts'
import { urgencyDay } from '../urgency/urgency-day.ts'
import type { InvoiceSummaryView } from './invoice-shapes.ts'

type Deps = Pick<Ports, 'queries'> & { readonly settings: OwnerSettings }
type Sums = InvoiceSummaryView['open']['sums']

/** The sums of the open balances by urgency. Each currency has its own sum. */
export function summariseInvoices({ queries, settings }: Deps) {
  return async function summariseInvoices({ ownerId }: Scope): Promise<InvoiceSummaryView> {
    const open = await queries.invoices.summarise(ownerId, await urgencyDay(settings, ownerId))
    return {
      levels: URGENCY_LEVELS.map((level) => ({
        level,
        rank: urgencyRank(level),
        sums: sumsOf(open.filter((part) => part.level === level)),
      })),
      overdue: { sums: sumsOf(open.filter(({ isOverdue }) => isOverdue)) },
      open: { sums: sumsOf(open) },
    }
  }
}

function sumsOf(parts: readonly OpenInvoices[]): Sums {
  const byCurrency = new Map<Currency, { count: number; minor: bigint }>()
  for (const { currency, count, balanceMinor } of parts) {
    const sum = byCurrency.get(currency) ?? { count: 0, minor: 0n }
    byCurrency.set(currency, { count: sum.count + count, minor: sum.minor + balanceMinor })
  }
  return [...byCurrency]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([currency, { count, minor }]) => ({
      currency,
      count,
      total: money.formatAmount(money.of(minor, currency)),
    }))
}
