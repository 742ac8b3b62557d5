import type { Send, Senders } from './ports.ts'

export function inProcessSenders(): Senders {
  const senders = new Map<string, Send>()
  return {
    set: (subscriptionId, send) => void senders.set(subscriptionId, send),
    delete: (subscriptionId) => void senders.delete(subscriptionId),
    get: (subscriptionId) => senders.get(subscriptionId) ?? null,
    ids: () => [...senders.keys()],
  }
}
