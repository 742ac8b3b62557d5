import {
  type InboxMessage,
  type InboxStore,
  type InboxVerdict,
  RETENTION_MS,
  type RetentionOptions,
} from './inbox-store.ts'

/** An inbox without a database, for tests. What it remembers goes with the process. */
export interface MemoryInbox {
  /** Runs one transaction at a time. What it remembered is forgotten when the work fails. */
  transact<Result>(work: (store: InboxStore) => Promise<Result>): Promise<Result>
}

interface Memory {
  /** When each message was remembered. */
  readonly messages: Map<string, number>
  readonly versions: Map<string, number>
}

export function createMemoryInbox(options: RetentionOptions = {}): MemoryInbox {
  let memory: Memory = { messages: new Map(), versions: new Map() }
  let last: Promise<unknown> = Promise.resolve()

  async function run<Result>(work: (store: InboxStore) => Promise<Result>): Promise<Result> {
    const draft: Memory = { messages: new Map(memory.messages), versions: new Map(memory.versions) }
    const result = await work(storeOf(draft, options))
    memory = draft
    return result
  }

  return {
    transact(work) {
      const result = last.then(() => run(work))
      last = result.catch(() => undefined)
      return result
    },
  }
}

function storeOf(
  { messages, versions }: Memory,
  { retentionMs = RETENTION_MS, now = Date.now }: RetentionOptions,
): InboxStore {
  return {
    async remember({ id, source, record }: InboxMessage): Promise<InboxVerdict> {
      const key = JSON.stringify([source, id])
      if (messages.has(key)) return 'duplicate'
      messages.set(key, now())
      if (record === null) return 'new'
      const recordKey = JSON.stringify([source, record.id])
      if (record.version <= (versions.get(recordKey) ?? 0)) return 'stale'
      versions.set(recordKey, record.version)
      return 'new'
    },
    async forgetOld(): Promise<void> {
      for (const [key, at] of messages) if (at < now() - retentionMs) messages.delete(key)
    },
  }
}
