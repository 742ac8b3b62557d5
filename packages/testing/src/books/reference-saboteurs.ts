import type { EventRecord } from '@daftari/application'
import type { Expense, Invoice, Settings } from '@daftari/domain'
import { onQueriesKnowing } from '../kernel/sabotage/constraints.ts'
import { onQueries, type Saboteur, type Saboteurs } from '../kernel/sabotage/overlay.ts'
import { onRepository } from '../kernel/sabotage/transactions.ts'

interface VersionedState {
  readonly id: string
  readonly version: number
}

/** Hands the same object out again as long as the version is the same. */
function handingOut(): <Found extends VersionedState | null>(found: Found, ownerId: string) => Found {
  const known = new Map<string, unknown>()
  return (found, ownerId) => {
    if (found === null) return found
    const place = `${ownerId} ${found.id} ${found.version}`
    if (!known.has(place)) known.set(place, structuredClone(found))
    return known.get(place) as typeof found
  }
}

/** What the owner gave last of the record that was found, if its version was this one when it was given. */
function alias<Record extends VersionedState>(
  found: Record,
  given: readonly Record[],
  versions: WeakMap<object, VersionedState>,
): Record {
  const same = given.findLast((one) => {
    const was = versions.get(one)
    return was?.id === found.id && was.version === found.version
  })
  return same === undefined ? found : structuredClone(same)
}

/** Writes down which version an object was when it was given, for it may be spoilt later. */
function rememberingGiven(
  kind: 'expenses' | 'invoices' | 'settings',
  methods: readonly ('insert' | 'update')[],
  versions: WeakMap<object, VersionedState>,
): Saboteur {
  return onRepository(kind, (repository) => {
    const remembering = (name: string) => [
      name,
      (given: VersionedState, ...rest: readonly unknown[]) => {
        versions.set(given, { id: given.id, version: given.version })
        return Reflect.get(repository, name).call(repository, given, ...rest)
      },
    ]
    return Object.fromEntries(methods.map(remembering))
  })
}

function keepingExpenses(): Saboteur {
  const versions = new WeakMap<object, VersionedState>()
  const showing = onQueriesKnowing('expenses', (queries, ledger) => ({
    async find(ownerId, id) {
      const found = await queries.find(ownerId, id)
      return found && alias(found, ledger.given<Expense>('expenses.insert', ownerId), versions)
    },
  }))
  return (ports) => showing(rememberingGiven('expenses', ['insert'], versions)(ports))
}

function keepingInvoices(): Saboteur {
  const versions = new WeakMap<object, VersionedState>()
  const showing = onQueriesKnowing('invoices', (queries, ledger) => ({
    async find(ownerId, id) {
      const found = await queries.find(ownerId, id)
      return found && alias(found, ledger.given<Invoice>('invoices.update', ownerId), versions)
    },
  }))
  return (ports) => showing(rememberingGiven('invoices', ['update'], versions)(ports))
}

function keepingSettings(): Saboteur {
  const versions = new WeakMap<object, VersionedState>()
  const showing = onQueriesKnowing('settings', (queries, ledger) => ({
    get: async (ownerId) =>
      alias(await queries.get(ownerId), ledger.given<Settings>('settings.update', ownerId), versions),
  }))
  return (ports) => showing(rememberingGiven('settings', ['update'], versions)(ports))
}

export const referenceSaboteurs: Saboteurs = {
  'keeps an expense when the given object is changed later': keepingExpenses(),
  'keeps an invoice and its payments when the given object is changed later': keepingInvoices(),
  'keeps settings when the given object is changed later': keepingSettings(),

  'keeps an expense when an object from a query is changed later': onQueries('expenses', (queries) => {
    const handedOut = handingOut()
    return { find: async (ownerId, id) => handedOut(await queries.find(ownerId, id), ownerId) }
  }),

  'keeps an expense when an object that a transaction found is changed later': (ports) => {
    const handedOut = handingOut()
    return onRepository('expenses', (expenses, _, { ownerId }) => ({
      find: async (id) => handedOut(await expenses.find(id), ownerId),
    }))(ports)
  },

  'keeps an invoice and its payments when an object from a query is changed later': onQueries(
    'invoices',
    (queries) => {
      const handedOut = handingOut()
      return { find: async (ownerId, id) => handedOut(await queries.find(ownerId, id), ownerId) }
    },
  ),

  'keeps settings when an object from a query is changed later': onQueries('settings', (queries) => {
    const handedOut = handingOut()
    return {
      async get(ownerId) {
        const settings = await queries.get(ownerId)
        return settings.version === 0 ? settings : handedOut(settings, ownerId)
      },
    }
  }),

  'keeps events when an object from a query is changed later': onQueries('history', (queries) => {
    const known = new Map<string, EventRecord>()
    return {
      async list(...asked) {
        const records = await queries.list(...asked)
        for (const record of records) if (!known.has(record.id)) known.set(record.id, { ...record })
        return records.map((record) => known.get(record.id) ?? record)
      },
    }
  }),

  'keeps the result under a key when the found object is changed later': onQueries(
    'idempotency',
    (queries) => {
      const known = new Map<string, { fingerprint: string; result: string }>()
      return {
        async find(ownerId, key) {
          const found = await queries.find(ownerId, key)
          if (found === null) return null
          const place = `${ownerId} ${key} ${found.result}`
          const handedOut = known.get(place) ?? { ...found }
          known.set(place, handedOut)
          return handedOut
        },
      }
    },
  ),
}
