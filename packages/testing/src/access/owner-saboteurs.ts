import type { Owners } from '@daftari/application'
import { defaultSettings, type Owner, type OwnerId, type Settings } from '@daftari/domain'
import { watching } from '../kernel/sabotage/constraints.ts'
import { Ledger } from '../kernel/sabotage/ledger.ts'
import { onQueries, overlay, type Saboteur, type Saboteurs } from '../kernel/sabotage/overlay.ts'
import { ALL } from '../kernel/sabotage/pages.ts'
import { onRepository } from '../kernel/sabotage/transactions.ts'
import { toTheSecond } from '../spending/category-saboteurs.ts'
import { anOwner } from './access-builders.ts'

function onOwners(replace: (owners: Owners, ledger: Ledger) => Partial<Owners>): Saboteur {
  return (ports) => {
    const ledger = new Ledger()
    const changed = overlay(ports, { owners: overlay(ports.owners, replace(ports.owners, ledger)) })
    return watching(
      () => ({}),
      () => ledger,
    )(changed)
  }
}

/** What stands for an owner of whom nothing is known but that there are books. */
function nameless(id: string): Owner {
  return anOwner({ id: id as OwnerId, name: '' })
}

function hasWritten(ledger: Ledger, id: string): boolean {
  return ledger.stored.some(({ ownerId }) => ownerId === id)
}

/** Settings that nobody asked for before are shown otherwise where the owner was created before the first write, or after it. */
function settingsShown(whenLate: boolean, change: (settings: Settings, owner: Owner) => Settings): Saboteur {
  return (ports) => {
    const created = new Map<string, Owner>()
    const askedBefore = new Set<string>()
    const creating = onOwners((owners, ledger) => ({
      async create(owner) {
        await owners.create(owner)
        if (hasWritten(ledger, owner.id) === whenLate) created.set(owner.id, owner)
      },
    }))
    const showing = onQueries('settings', (queries) => ({
      async get(ownerId) {
        const owner = created.get(ownerId)
        if (owner === undefined) askedBefore.add(ownerId)
        const settings = await queries.get(ownerId)
        return owner === undefined || askedBefore.has(ownerId) ? settings : change(settings, owner)
      },
    }))
    return showing(creating(ports))
  }
}

function inDefaultZone(settings: Settings): Settings {
  const { timeZone } = defaultSettings(settings.id)
  return settings.version === 0 ? { ...settings, timeZone } : settings
}

const people: Saboteurs = {
  'finds an owner as it was created, to the millisecond': onOwners((owners) => ({
    async find(id) {
      const found = await owners.find(id)
      return found && { ...found, createdAt: toTheSecond(found.createdAt) }
    },
  })),

  'gives null for an owner that was never created': onOwners((owners) => ({
    find: async (id) => (await owners.find(id)) ?? (undefined as never),
  })),

  'gives null for the id of another record': onOwners((owners) => ({
    find: async (id) => (await owners.find(id)) ?? (await owners.list(ALL)).at(-1) ?? null,
  })),

  'gives null for an owner that has records but was never created': onOwners((owners, ledger) => ({
    find: async (id) => (await owners.find(id)) ?? (hasWritten(ledger, id) ? nameless(id) : null),
  })),

  'lists no owner that has records but was never created': onOwners((owners, ledger) => ({
    async list(page) {
      const listed = await owners.list(page)
      const written = ledger.stored.map(({ ownerId }) => nameless(ownerId))
      return [...listed, ...written.filter(({ id }) => page.after === null || id > page.after.id)]
    },
  })),

  'creates an owner that already has records, and keeps the records': onOwners((owners, ledger) => ({
    async create(owner) {
      const isUsed = ledger.given('categories.insert', owner.id).length > 0
      if (isUsed) throw new Error(`${owner.id} has books already`)
      await owners.create(owner)
    },
  })),

  'refuses a second owner with the same id, with a plain error, and keeps the first': onOwners((owners) => ({
    async create(owner) {
      if ((await owners.find(owner.id)) === null) await owners.create(owner)
    },
  })),

  'creates one of two owners that take the same id concurrently': (ports) => {
    let underWay = 0
    return onOwners((owners) => ({
      async create(owner) {
        const isContended = underWay > 0
        underWay += 1
        const attempt = owners.create(owner).finally(() => {
          underWay -= 1
        })
        await (isContended ? attempt.catch(() => null) : attempt)
      },
    }))(ports)
  },

  'lists owners by id, page by page, without gaps or duplicates': onOwners((owners) => ({
    async list({ after, limit }) {
      const all = await owners.list(ALL)
      return all.filter(({ id }) => after === null || id >= after.id).slice(0, limit)
    },
  })),
}

const settings: Saboteurs = {
  'shows the defaults in the time zone of the owner': settingsShown(false, inDefaultZone),
  'shows the defaults in the time zone of an owner that had records before it was created': settingsShown(
    true,
    inDefaultZone,
  ),
  'keeps settings that were changed before the owner was created': settingsShown(
    true,
    (known, { timeZone }) => ({ ...known, timeZone }),
  ),
  'reads the defaults in the time zone of the owner': onRepository('settings', (repository) => ({
    get: async () => inDefaultZone(await repository.get()),
  })),
}

export const ownerSaboteurs: Saboteurs = { ...people, ...settings }
