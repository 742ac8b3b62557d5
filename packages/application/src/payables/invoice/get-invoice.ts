import type { InvoiceId } from '@daftari/domain'
import { found, idOf } from '../../kernel/input/found.ts'
import type { Scope } from '../../kernel/scope.ts'
import type { Ports } from '../../ports.ts'
import type { OwnerSettings } from '../../settings/ports.ts'
import { urgencyDay } from '../urgency/urgency-day.ts'
import { invoiceJson } from './invoice-json.ts'
import type { InvoiceView } from './invoice-shapes.ts'

type Deps = Pick<Ports, 'queries'> & { readonly settings: OwnerSettings }

/** @throws not_found */
export function getInvoice({ queries, settings }: Deps) {
  return async function getInvoice(
    { ownerId }: Scope,
    { invoiceId }: { readonly invoiceId: string },
  ): Promise<InvoiceView> {
    const id = idOf<InvoiceId>('invoice', invoiceId)
    const { today, days } = await urgencyDay(settings, ownerId)
    return invoiceJson(found('invoice', id, await queries.invoices.find(ownerId, id)), today, days)
  }
}
