export { type EventTypeView, eventSchema } from './list-event-types.ts'
export { type FeedView, type ListFeedInput, listFeedInput } from './list-feed.ts'
export {
  type HistoryEntryView,
  historyEntryView,
  type ListHistoryInput,
  listHistoryInput,
} from './list-history.ts'
export type { FeedEntry, FeedPage, FeedQueries, HistoryQueries } from './ports.ts'
