import type { UseCaseKinds } from '../kernel/use-case-kinds.ts'
import type { UseCaseDeps } from '../use-case-deps.ts'
import { listEventTypes } from './list-event-types.ts'
import { listFeed } from './list-feed.ts'
import { listHistory } from './list-history.ts'

export function historyUseCases(deps: UseCaseDeps, { read }: UseCaseKinds) {
  return {
    history: Object.freeze({
      list: read(listHistory(deps)),
      feed: read(listFeed(deps)),
      eventTypes: read(listEventTypes()),
    }),
  }
}
