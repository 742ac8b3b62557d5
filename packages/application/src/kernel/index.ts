export {
  type BulkError,
  type BulkInput,
  type BulkResult,
  type BulkView,
  bulkBody,
  bulkFrame,
} from './bulk/bulk.ts'
export type { ErrorMeaning, RefusalStatus } from './error-meaning.ts'
export { type EventRecord, eventRecord } from './events/event-record.ts'
export { type EventView, eventView } from './events/event-view.ts'
export { isReplay } from './idempotency/idempotent.ts'
export { parse } from './input/parse.ts'
export { parseQuery } from './input/parse-query.ts'
export { type Precondition, requireVersion } from './input/precondition.ts'
export { type MoneyView, moneyView, pageView } from './input/views.ts'
export { lazily } from './lazily.ts'
export { type AllOf, merged } from './merged.ts'
export type { Page } from './pagination/page.ts'
export type {
  Clock,
  CursorSigner,
  Digest,
  Hashing,
  IdempotencyQueries,
  IdempotencyRecord,
  Ids,
  KeysetPage,
  Random,
  RememberedResult,
  Secrets,
  Sleep,
  Timer,
  TransactionScope,
} from './ports.ts'
export { ANSWER_KEPT_MS } from './ports.ts'
export type { Operator, Scope } from './scope.ts'
