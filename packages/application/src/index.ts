export type { AnyDomainError, DomainErrorCode, FieldError, KeyScope, Subscription } from '@daftari/domain'
export { DomainError, isDomainError } from '@daftari/domain'
export * from './access/index.ts'
export { type Books, createBooks } from './books.ts'
export {
  type AggregateType,
  type DomainEvent,
  EVENT_TYPES,
  type EventType,
  errorMeanings,
  type HistoryKind,
  type PublicEventType,
} from './contexts.ts'
export * from './delivery/index.ts'
export * from './files/index.ts'
export * from './history/index.ts'
export * from './kernel/index.ts'
export * from './payables/index.ts'
export type { EventLog, Ports, Queries, Transaction, UnitOfWork } from './ports.ts'
export * from './settings/index.ts'
export * from './spending/index.ts'
export type { BooksOptions } from './use-case-deps.ts'
