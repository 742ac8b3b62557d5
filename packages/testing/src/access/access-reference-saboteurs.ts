import type { ApiKey, Owner } from '@daftari/domain'
import { onQueries, overlay, type Saboteur, type Saboteurs } from '../kernel/sabotage/overlay.ts'
import { onRepository } from '../kernel/sabotage/transactions.ts'

/** Hands the same object out again as long as it is told of the same place. */
function handingOut<Found extends object>(): (place: string, found: Found) => Found {
  const known = new Map<string, Found>()
  return (place, found) => {
    const same = known.get(place) ?? structuredClone(found)
    known.set(place, same)
    return same
  }
}

function placeOf(ownerId: string, { id, version }: ApiKey): string {
  return `${ownerId} ${id} ${version}`
}

/** Shows the very object that was given. */
function keepingKeys(): Saboteur {
  return (ports) => {
    const given = new Map<string, ApiKey>()
    const inserting = onRepository('apiKeys', (apiKeys, _, { ownerId }) => ({
      insert(key, hash) {
        given.set(placeOf(ownerId, key), key)
        apiKeys.insert(key, hash)
      },
    }))
    const listing = onQueries('apiKeys', (queries) => ({
      async list(ownerId, page) {
        const rows = await queries.list(ownerId, page)
        return rows.map((row) => ({
          ...row,
          key: structuredClone(given.get(placeOf(ownerId, row.key)) ?? row.key),
        }))
      },
    }))
    return listing(inserting(ports))
  }
}

export const accessReferenceSaboteurs: Saboteurs = {
  'keeps an API key when the given object is changed later': keepingKeys(),

  'keeps an API key when an object from a query is changed later': onQueries('apiKeys', (queries) => {
    const same = handingOut<ApiKey>()
    return {
      async list(ownerId, page) {
        const rows = await queries.list(ownerId, page)
        return rows.map((row) => ({ ...row, key: same(placeOf(ownerId, row.key), row.key) }))
      },
    }
  }),

  'keeps an API key when an object that a transaction found is changed later': (ports) => {
    const same = handingOut<ApiKey>()
    return onRepository('apiKeys', (apiKeys, _, { ownerId }) => ({
      async find(id) {
        const found = await apiKeys.find(id)
        return found && same(placeOf(ownerId, found), found)
      },
    }))(ports)
  },

  'keeps an owner when the given object is changed later': (ports) => {
    const given = new Map<string, Owner>()
    const { owners } = ports
    return overlay(ports, {
      owners: overlay(owners, {
        async create(owner) {
          await owners.create(owner)
          given.set(owner.id, owner)
        },
        async find(id) {
          const found = await owners.find(id)
          return found && structuredClone(given.get(id) ?? found)
        },
      }),
    })
  },

  'keeps an owner when an object from a query is changed later': (ports) => {
    const same = handingOut<Owner>()
    const { owners } = ports
    return overlay(ports, {
      owners: overlay(owners, {
        async find(id) {
          const found = await owners.find(id)
          return found && same(id, found)
        },
      }),
    })
  },
}
