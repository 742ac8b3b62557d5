import type { Books, EventView, ListFeedInput, Scope } from '@daftari/application'
import { EVENT_TYPES } from '@daftari/application'

/** The feed from a cursor to its end. */
export async function readFeed(
  books: Books,
  scope: Scope,
  asked: ListFeedInput = {},
): Promise<{ readonly events: readonly EventView[]; readonly cursor: string }> {
  const events: EventView[] = []
  let page = await books.history.feed(scope, asked)
  while (page.data.length > 0) {
    events.push(...page.data)
    page = await books.history.feed(scope, { ...asked, after: page.nextCursor })
  }
  return { events, cursor: page.nextCursor }
}

/** The ids in the feed, in its order, in pages of every size and for every type of event. */
export async function everyFeed(books: Books, scope: Scope): Promise<Readonly<Record<string, string[]>>> {
  const feeds: Record<string, string[]> = {}
  for (const limit of [1, 2, 3, 100]) {
    feeds[`in pages of ${limit}`] = (await readFeed(books, scope, { limit })).events.map(({ id }) => id)
  }
  for (const type of EVENT_TYPES) {
    feeds[type] = (await readFeed(books, scope, { types: type, limit: 2 })).events.map(({ id }) => id)
  }
  return feeds
}
