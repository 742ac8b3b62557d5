import type { DispatchStore, Timer } from '@daftari/application'

/** Faults of the algorithm that the simulator must find. */
export const BUGS = [
  'write after commit',
  'no head-of-line rule',
  'no fencing token',
  'cursor over a sequence',
  'marked before sent',
  'one lease for a long batch',
] as const

export type Bug = (typeof BUGS)[number] | null

/** The store with the fault in it; shared by all dispatchers of one run. */
export function flawedStore(store: DispatchStore, bug: Bug): DispatchStore {
  switch (bug) {
    case 'no head-of-line rule':
      return { ...store, claim: async (request) => (await store.claim(request)).map(asIfAlone) }
    case 'no fencing token':
      return withoutFence(store)
    case 'cursor over a sequence':
      return behindCursor(store)
    case 'marked before sent':
      return { ...store, claim: (request) => claimAsDelivered(store, request) }
    default:
      return store
  }
}

/** A process that takes its lease to last for ever. */
export function flawedTimer(timer: Timer, bug: Bug): Timer {
  return bug === 'one lease for a long batch' ? { ...timer, elapsedMs: () => 0 } : timer
}

type Claimed = Awaited<ReturnType<DispatchStore['claim']>>[number]

function asIfAlone(claimed: Claimed): Claimed {
  return { ...claimed, event: { ...claimed.event, aggregateId: claimed.event.id } }
}

function withoutFence(store: DispatchStore): DispatchStore {
  const latest = new Map<string, bigint>()
  return {
    ...store,
    async lease(request) {
      const lease = await store.lease(request)
      for (const { shard, token } of lease.shards) latest.set(`${shard}`, token)
      return lease
    },
    async settle(outcomes) {
      return store.settle(
        outcomes.map((outcome) => {
          const { claimed } = outcome
          return {
            ...outcome,
            claimed: { ...claimed, token: latest.get(`${claimed.shard}`) ?? claimed.token },
          }
        }),
      )
    },
  }
}

/** Ids of events rise as they are made, which is before they are committed. */
function behindCursor(store: DispatchStore): DispatchStore {
  const tried = new Set<string>()
  let cursor = ''
  return {
    ...store,
    async claim(request) {
      const claimed = await store.claim(request)
      const seen = claimed.filter(({ event: { id } }) => id > cursor || tried.has(id))
      for (const { event } of seen) {
        tried.add(event.id)
        if (event.id > cursor) cursor = event.id
      }
      return seen
    },
  }
}

async function claimAsDelivered(
  store: DispatchStore,
  request: Parameters<DispatchStore['claim']>[0],
): ReturnType<DispatchStore['claim']> {
  const claimed = await store.claim(request)
  await store.settle(
    claimed.map((one) => ({ claimed: one, at: one.event.at, durationMs: 0, result: 'delivered' as const })),
  )
  return claimed
}
