import type { EventRecord } from '@daftari/application'
import { DomainError, type Instant } from '@daftari/domain'
import type { StagedWrite } from '../kernel/memory-session.ts'
import { fanOut } from './memory-deliveries.ts'

/** A version that exists was written by another transaction. A gap between versions is a defect of the caller. */
export function appendEvent(record: EventRecord, now: () => Instant): StagedWrite {
  return (books) => {
    const { events, feed } = books
    const { aggregateType: kind, aggregateId: id, aggregateVersion } = record
    const known = events.get(id) ?? []
    const last = known.at(-1)?.aggregateVersion ?? 0
    if (aggregateVersion <= last) throw new DomainError('concurrent_change', { kind, id })
    if (aggregateVersion > last + 1) throw new Error(`${kind} ${id} skips from version ${last}`)
    events.set(id, [...known, record])
    feed.set(record.id, record)
    fanOut(books, record, now())
  }
}
