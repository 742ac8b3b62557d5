import { inTx, type Probes, reads } from '../support/probe.ts'

export const kernelProbes: Probes = {
  'queries.idempotency.find': reads(
    ({ ports, ownerId }) => ports.queries.idempotency.find(ownerId, 'their key'),
    null,
  ),
  'tx.transact': {
    call: (trespass) =>
      inTx(trespass, (tx) => tx.transact((nested) => nested.invoices.find(trespass.theirs.invoice.id))),
    nothing: () => null,
    needsWalls: true,
  },
}
