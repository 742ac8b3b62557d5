import type { InboxMessage, InboxStore, InboxVerdict } from './inbox-store.ts'
import type { BooksEvent } from './read-event.ts'

export type Received = 'applied' | Exclude<InboxVerdict, 'new'>

/**
 * Applies a message unless it, or a later version of its record, was applied before. Store and `apply` have to write in
 * one transaction, which the caller opens and commits: only after its commit may the sender hear of success. When
 * `apply` fails, so does this, and the caller rolls back.
 */
export async function receiveOnce(
  store: InboxStore,
  message: InboxMessage,
  apply: () => Promise<void>,
): Promise<Received> {
  const verdict = await store.remember(message)
  if (verdict !== 'new') return verdict
  await apply()
  await store.forgetOld()
  return 'applied'
}

/** What an inbox remembers of an event of Daftari. */
export function messageOf({ id, source, subject, aggregateversion }: BooksEvent): InboxMessage {
  return { id, source, record: { id: subject, version: aggregateversion } }
}
