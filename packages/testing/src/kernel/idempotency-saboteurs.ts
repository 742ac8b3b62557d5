import type { IdempotencyRecord, Ports, TransactionScope } from '@daftari/application'
import { isDomainError } from '@daftari/domain'
import { accepting, refusing } from './sabotage/constraints.ts'
import { sortedJson } from './sabotage/json.ts'
import { onQueries, overlay, type Saboteur, type Saboteurs } from './sabotage/overlay.ts'

const DAY_MS = 24 * 3_600_000

/** Tells of every transaction under a key that was stored. */
function onStoredKey(
  begin: (ports: Ports) => {
    stored(scope: TransactionScope, result: unknown): void
    find(found: IdempotencyRecord | null, ownerId: string, key: string): IdempotencyRecord | null
  },
): Saboteur {
  return (ports) => {
    const { stored, find } = begin(ports)
    const told = overlay(ports, {
      unitOfWork: {
        async transact(scope, work) {
          const result = await ports.unitOfWork.transact(scope, work)
          stored(scope, result)
          return result
        },
      },
    })
    return onQueries('idempotency', (queries) => ({
      find: async (ownerId, key) => find(await queries.find(ownerId, key), ownerId, key),
    }))(told)
  }
}

/** Keeps something under the key of a transaction that failed so. */
function keepingFailures(code: 'unavailable' | 'category_name_taken'): Saboteur {
  return (ports) =>
    overlay(ports, {
      unitOfWork: {
        async transact(scope, work) {
          try {
            return await ports.unitOfWork.transact(scope, work)
          } catch (failure) {
            if (scope.idempotency !== null && isDomainError(failure, code)) {
              await ports.unitOfWork.transact(scope, async () => ({ code }))
            }
            throw failure
          }
        },
      },
    })
}

function placeOf(ownerId: string, key: string | undefined): string {
  return `${ownerId} ${key}`
}

export const idempotencySaboteurs: Saboteurs = {
  'keeps the fingerprint of a transaction under its key (F13)': onQueries('idempotency', (queries) => ({
    async find(ownerId, key) {
      const found = await queries.find(ownerId, key)
      return found === null ? null : { ...found, fingerprint: '' }
    },
  })),

  'keeps the exact JSON text of the result (F12)': onQueries('idempotency', (queries) => ({
    async find(ownerId, key) {
      const found = await queries.find(ownerId, key)
      return found === null ? null : { ...found, result: sortedJson(found.result) }
    },
  })),

  'gives null for an unused key': onQueries('idempotency', (queries) => ({
    find: async (ownerId, key) => (await queries.find(ownerId, key)) ?? (undefined as never),
  })),

  'distinguishes keys by every character': onQueries('idempotency', (queries) => ({
    async find(ownerId, key) {
      const alike = [key, key.trim(), `${key.slice(0, 1).toUpperCase()}${key.slice(1)}`]
      const found = await Promise.all(alike.map((one) => queries.find(ownerId, one)))
      return found.find((record) => record !== null) ?? null
    },
  })),

  'stores nothing under the key of a failed transaction, so that it can run again (F15)':
    keepingFailures('unavailable'),

  'stores nothing under the key of a transaction that is refused at its end (F15)':
    keepingFailures('category_name_taken'),

  'refuses the second use of a key, and stores nothing': accepting(
    'idempotency_in_progress',
    ({ isContended }) => !isContended,
  ),

  'accepts one of ten concurrent transactions with the same key (F14)': accepting(
    'idempotency_in_progress',
    ({ isContended }) => isContended,
  ),

  'keeps a result for 72 hours': onStoredKey(({ clock }) => {
    const times = new Map<string, number>()
    return {
      stored: ({ ownerId, idempotency }) => times.set(placeOf(ownerId, idempotency?.key), clock.now()),
      find(found, ownerId, key) {
        const time = times.get(placeOf(ownerId, key)) ?? clock.now()
        return clock.now() - time > DAY_MS ? null : found
      },
    }
  }),

  'forgets a result after 72 hours': onStoredKey(() => {
    const records = new Map<string, IdempotencyRecord>()
    return {
      stored({ ownerId, idempotency }, result) {
        if (idempotency === null) return
        const { key, fingerprint } = idempotency
        records.set(placeOf(ownerId, key), { fingerprint, result: JSON.stringify(result) })
      },
      find: (found, ownerId, key) => found ?? records.get(placeOf(ownerId, key)) ?? null,
    }
  }),

  'accepts a key again after 72 hours': refusing('idempotency_in_progress', {}, (trace, ledger) =>
    ledger.stored.some(
      (earlier) => earlier.key !== null && earlier.key === trace.key && earlier.ownerId === trace.ownerId,
    ),
  ),
}
