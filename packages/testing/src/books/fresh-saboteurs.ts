import type { Owners, Ports, Queries } from '@daftari/application'
import type { Invoice } from '@daftari/domain'
import { type Method, methodOf } from '../kernel/sabotage/leaks.ts'
import {
  onQueries,
  overlay,
  type QueriesName,
  type Saboteur,
  type Saboteurs,
} from '../kernel/sabotage/overlay.ts'

/** Text that is the same for the same question. */
function textOf(asked: readonly unknown[]): string {
  return JSON.stringify(asked, (_, value) => (typeof value === 'bigint' ? `${value}n` : value))
}

/** Answers each question once, and then as it did before. */
class Memory {
  readonly #known = new Map<string, Promise<unknown>>()

  remembering(answer: Method): Method {
    return async (...asked) => {
      const question = textOf(asked)
      const answered = this.#known.get(question) ?? answer(...asked)
      this.#known.set(question, answered)
      return structuredClone(await answered)
    }
  }

  forget(): void {
    this.#known.clear()
  }
}

function rememberingQuery<Name extends QueriesName>(
  kind: Name,
  name: keyof Queries[Name] & string,
  memory: Memory,
): Saboteur {
  return onQueries(kind, (queries) => {
    const replaced = { [name]: memory.remembering(methodOf(queries, name)) }
    return replaced as Partial<Queries[Name]>
  })
}

/** A cache that never forgets. */
function neverForgetting<Name extends QueriesName>(kind: Name, name: keyof Queries[Name] & string): Saboteur {
  return (ports) => rememberingQuery(kind, name, new Memory())(ports)
}

/** Remembers those without an urgency that was set by hand: that one is cleared is another case. */
function rememberingInvoices(): Saboteur {
  return onQueries('invoices', (queries) => {
    const remembered = new Map<string, Promise<Invoice | null>>()
    return {
      async find(ownerId, id) {
        const question = textOf([ownerId, id])
        const found = remembered.get(question) ?? queries.find(ownerId, id)
        if (!(await found)?.urgencyOverride) remembered.set(question, found)
        return structuredClone(await found)
      },
    }
  })
}

function neverForgettingOwners(name: 'find' | 'list'): Saboteur {
  return (ports) => {
    const replaced = { [name]: new Memory().remembering(methodOf(ports.owners, name)) }
    return overlay(ports, { owners: overlay(ports.owners, replaced as Partial<Owners>) })
  }
}

/** A cache of settings that forgets when something happens. */
function forgettingWhen(happens: (ports: Ports, forget: () => void) => Partial<Ports>): Saboteur {
  return (ports) => {
    const memory = new Memory()
    const forgetful = overlay(
      ports,
      happens(ports, () => memory.forget()),
    )
    return rememberingQuery('settings', 'get', memory)(forgetful)
  }
}

export const freshSaboteurs: Saboteurs = {
  'shows a category with every change of it and of its usage at once': neverForgetting('categories', 'find'),
  'lists categories with every change of them and of their usage at once': neverForgetting(
    'categories',
    'list',
  ),
  'shows an expense with every change at once': neverForgetting('expenses', 'find'),
  'lists expenses with every change at once': neverForgetting('expenses', 'list'),
  'sums expenses with every change of them and of the names of their categories at once': neverForgetting(
    'expenses',
    'summarise',
  ),
  'shows an invoice with every change at once': rememberingInvoices(),
  'lists invoices with every change at once': neverForgetting('invoices', 'list'),
  'sums invoices with every change at once': neverForgetting('invoices', 'summarise'),
  'lists the history of a record with every event at once': neverForgetting('history', 'list'),
  'lists the feed with every event': neverForgetting('feed', 'list'),
  'finds the result under a key at once after its transaction': neverForgetting('idempotency', 'find'),
  'lists API keys with every change and every use at once': neverForgetting('apiKeys', 'list'),
  'finds an API key by its hash with every change and every use at once (F85)': neverForgetting(
    'access',
    'findKeyByHash',
  ),
  'finds an owner at once after its creation': neverForgettingOwners('find'),
  'lists an owner at once after its creation': neverForgettingOwners('list'),

  'shows settings with every change at once': forgettingWhen(({ owners }, forget) => ({
    owners: overlay(owners, {
      async create(owner) {
        await owners.create(owner)
        forget()
      },
    }),
  })),

  'shows the time zone of an owner in its settings at once after its creation': forgettingWhen(
    ({ unitOfWork }, forget) => ({
      unitOfWork: {
        async transact(scope, work) {
          const result = await unitOfWork.transact(scope, work)
          forget()
          return result
        },
      },
    }),
  ),
}
