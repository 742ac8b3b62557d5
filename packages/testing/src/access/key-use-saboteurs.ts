import { eventRecord, type KeyUses, type Ports } from '@daftari/application'
import type { Instant } from '@daftari/domain'
import { watching } from '../kernel/sabotage/constraints.ts'
import { Ledger } from '../kernel/sabotage/ledger.ts'
import { onQueries, overlay, type Saboteur, type Saboteurs } from '../kernel/sabotage/overlay.ts'
import { ALL } from '../kernel/sabotage/pages.ts'
import { onRepository } from '../kernel/sabotage/transactions.ts'
import { toTheSecond } from '../spending/category-saboteurs.ts'

function noting(note: (keyUses: KeyUses, ports: Ports, ledger: Ledger) => KeyUses['note']): Saboteur {
  return (ports) => {
    const ledger = new Ledger()
    const changed = overlay(ports, { keyUses: { note: note(ports.keyUses, ports, ledger) } })
    return watching(
      () => ({}),
      () => ledger,
    )(changed)
  }
}

/** Lists the use that was told last, where it was told alone or while others were being told. */
function lastTold(whenContended: boolean): Saboteur {
  return (ports) => {
    const told = new Map<string, Instant>()
    let underWay = 0
    const listening = noting((keyUses) => async (ownerId, keyId, at) => {
      const place = `${ownerId} ${keyId}`
      if (underWay > 0 === whenContended) told.set(place, at)
      else told.delete(place)
      underWay += 1
      await keyUses.note(ownerId, keyId, at)
      underWay -= 1
    })
    const listing = onQueries('apiKeys', (queries) => ({
      async list(ownerId, page) {
        const rows = await queries.list(ownerId, page)
        return rows.map((row) => ({
          ...row,
          lastUsedAt: told.get(`${ownerId} ${row.key.id}`) ?? row.lastUsedAt,
        }))
      },
    }))
    return listing(listening(ports))
  }
}

/** Does something more with keys of which a use was noted. */
function withUsed(more: (used: ReadonlySet<string>) => Saboteur): Saboteur {
  return (ports) => {
    const used = new Set<string>()
    const listening = noting((keyUses) => (ownerId, keyId, at) => {
      used.add(keyId)
      return keyUses.note(ownerId, keyId, at)
    })
    return more(used)(listening(ports))
  }
}

export const keyUseSaboteurs: Saboteurs = {
  'stores the time of the last use of a key, to the millisecond': noting(
    (keyUses) => (ownerId, keyId, at) => keyUses.note(ownerId, keyId, toTheSecond(at)),
  ),

  'keeps the latest use, in whatever order uses are noted': lastTold(false),
  'keeps the latest of many uses that are noted concurrently': lastTold(true),

  'notes a use for the used key only': noting((keyUses, { queries }) => async (ownerId, _, at) => {
    const rows = await queries.apiKeys.list(ownerId, ALL)
    for (const { key } of rows) await keyUses.note(ownerId, key.id, at)
  }),

  'ignores a use of a key that does not exist': noting((keyUses, _, ledger) => async (ownerId, keyId, at) => {
    const isKnown = (['own', 'others'] as const).some((whose) =>
      ledger.has('apiKeys.insert', keyId, ownerId, whose),
    )
    if (!isKnown) throw new RangeError(`there is no key ${keyId}`)
    await keyUses.note(ownerId, keyId, at)
  }),

  'ignores a use of a key of another owner (F79)': noting(
    (keyUses, _, ledger) => async (ownerId, keyId, at) => {
      const owners = new Set([ownerId, ...ledger.stored.map((trace) => trace.ownerId)])
      for (const owner of owners) await keyUses.note(owner, keyId, at)
    },
  ),

  'makes no new version of a used key': withUsed((used) =>
    onRepository('apiKeys', (apiKeys) => ({
      async find(id) {
        const found = await apiKeys.find(id)
        return found && used.has(id) ? { ...found, version: found.version + 1 } : found
      },
    })),
  ),

  'makes no event for a use': withUsed((used) =>
    onQueries('history', (queries, { clock, ids }) => ({
      async list(ownerId, aggregateType, aggregateId, page) {
        const records = await queries.list(ownerId, aggregateType, aggregateId, page)
        if (!used.has(aggregateId)) return records
        const version = records.length + 1
        const what = { type: 'api_key.revoked', aggregateType: 'api_key', aggregateId, version } as const
        const event = { ...what, at: clock.now(), before: null, after: null }
        return [eventRecord({ ownerId, actorId: 'nobody' }, ids.next(), event), ...records]
      },
    })),
  ),
}
