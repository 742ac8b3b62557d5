import { setTimeout as delay } from 'node:timers/promises'

/** Where the service listens this time, and with which key. */
export interface Access {
  readonly url: string
  readonly apiKey: string
}

/** What a service that is overloaded, or has lost its database, says; everything else but 201 is a fault. */
const TRY_AGAIN = new Set([409, 429, 503])
const WRITERS = 4
const PAUSE_MS = 50

/** The expenses that were sent, and those of them that were acknowledged. */
export class Ledger {
  readonly acknowledged: Map<string, string> = new Map()
  readonly #open = new Set<string>()
  #categoryId = ''
  #next = 1

  async begin(access: Access): Promise<void> {
    const answer = await post(access, '/v1/categories', 'kills-category', { name: 'Kills' })
    this.#categoryId = ((await answer.json()) as Created).id
  }

  /** Several writers at once, until the service is gone. `onAcknowledged` is told after each. */
  async write(access: Access, onAcknowledged: () => void): Promise<void> {
    const writer = async (): Promise<void> => {
      for (;;) {
        const name = `expense-${this.#next++}`
        this.#open.add(name)
        if (await this.#send(access, name)) onAcknowledged()
      }
    }
    const ends = await Promise.allSettled(Array.from({ length: WRITERS }, writer))
    for (const { reason } of ends.filter((end) => end.status === 'rejected')) {
      // What fetch throws when there is nobody, or nobody any more; all else is a fault.
      if (!(reason instanceof TypeError && reason.cause instanceof Error)) throw reason
    }
  }

  /** What nobody answered is sent once more under the same key. */
  async sendAgain(access: Access): Promise<void> {
    for (const name of this.#open) while (!(await this.#send(access, name))) await delay(PAUSE_MS)
  }

  async #send(access: Access, name: string): Promise<boolean> {
    const answer = await post(access, '/v1/expenses', `kills-${name}`, {
      amount: { amount: '12500.00', currency: 'TZS' },
      categoryId: this.#categoryId,
      expenseDate: '2026-01-01',
      description: name,
    })
    const body = (await answer.json()) as Created
    if (answer.status === 201) {
      this.acknowledged.set(name, body.id)
      return this.#open.delete(name)
    }
    if (TRY_AGAIN.has(answer.status)) return false
    throw new Error(`${name} was answered ${answer.status}: ${JSON.stringify(body)}`)
  }

  /** What of the acknowledged is not there under its id, and what is there twice or was never sent. */
  async compare(access: Access): Promise<{ readonly lost: string[]; readonly tooMany: string[] }> {
    const found = await expensesOf(access)
    const ids = new Map(found.map(({ id, description }) => [description, id]))
    const lost = [...this.acknowledged].filter(([name, id]) => ids.get(name) !== id).map(([name]) => name)
    const tooMany = found.filter(
      ({ id, description }) => ids.get(description) !== id || !this.acknowledged.has(description),
    )
    return { lost, tooMany: tooMany.map(({ description }) => description) }
  }
}

interface Created {
  readonly id: string
}

interface Page {
  readonly data: readonly Found[]
  readonly nextCursor: string | null
}

interface Found {
  readonly id: string
  readonly description: string
}

async function expensesOf({ url, apiKey }: Access): Promise<readonly Found[]> {
  const headers = { authorization: `Bearer ${apiKey}` }
  const all: Found[] = []
  for (let cursor: string | null = ''; cursor !== null; ) {
    const query = new URLSearchParams({ limit: '100', ...(cursor === '' ? {} : { cursor }) })
    const answer = await fetch(`${url}/v1/expenses?${query}`, { headers })
    const page = (await answer.json()) as Page
    all.push(...page.data)
    cursor = page.nextCursor
  }
  return all
}

function post({ url, apiKey }: Access, path: string, key: string, body: object): Promise<Response> {
  const headers = {
    authorization: `Bearer ${apiKey}`,
    'content-type': 'application/json',
    'idempotency-key': key,
  }
  return fetch(`${url}${path}`, { method: 'POST', headers, body: JSON.stringify(body) })
}
