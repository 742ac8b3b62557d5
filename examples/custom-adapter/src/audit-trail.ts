import type { Ports, Transaction, TransactionScope, UnitOfWork } from '@daftari/application'

export interface AuditLine {
  readonly what: 'inserted' | 'updated' | 'deleted'
  readonly recordId: string
  readonly ownerId: string
  readonly actorId: string
}

export interface AuditTrail {
  /** Takes the lines of one transaction, in order, once it is stored. */
  write(lines: readonly AuditLine[]): void
}

/** Remembers what a transaction did to a record. */
export type Note = (what: AuditLine['what'], record: { readonly id: string }) => void

/** The repositories of a transaction that are to be audited, wrapped. */
export type Audit = (tx: Transaction, note: Note) => Partial<Transaction>

/** Adapters whose transactions tell `trail` what `audit` noted, if they are stored, and nothing else. */
export function withAudit<Adapters extends Ports>(
  inner: Adapters,
  trail: AuditTrail,
  audit: Audit,
): Adapters {
  const unitOfWork: UnitOfWork = {
    ...inner.unitOfWork,
    async transact(scope, work) {
      let lines: AuditLine[] = []
      const result = await inner.unitOfWork.transact(scope, (tx) => {
        // The work may run again after a conflict, and then what it staged before never happened.
        lines = []
        return work(auditedTransaction(tx, scope, lines, audit))
      })
      if (lines.length > 0) trail.write(lines)
      return result
    },
  }
  return { ...inner, unitOfWork }
}

function auditedTransaction(
  tx: Transaction,
  scope: TransactionScope,
  lines: AuditLine[],
  audit: Audit,
): Transaction {
  const { ownerId, actorId } = scope
  const note: Note = (what, { id: recordId }) => void lines.push({ what, recordId, ownerId, actorId })
  return {
    ...tx,
    ...audit(tx, note),
    async transact(work) {
      const mark = lines.length
      try {
        return await tx.transact((nested) => work(auditedTransaction(nested, scope, lines, audit)))
      } catch (failure) {
        lines.length = mark
        throw failure
      }
    },
  }
}
