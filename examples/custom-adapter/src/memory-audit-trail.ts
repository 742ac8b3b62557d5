import type { AuditLine, AuditTrail } from './audit-trail.ts'

/** A trail for tests, which can be asked what it heard. */
export interface MemoryAuditTrail extends AuditTrail {
  readonly lines: readonly AuditLine[]
  wasAudited(recordId: string, what?: AuditLine['what']): boolean
}

export function memoryAuditTrail(): MemoryAuditTrail {
  const lines: AuditLine[] = []
  return {
    lines,
    write: (more) => void lines.push(...more),
    wasAudited: (recordId, what) =>
      lines.some((line) => line.recordId === recordId && (what === undefined || line.what === what)),
  }
}
