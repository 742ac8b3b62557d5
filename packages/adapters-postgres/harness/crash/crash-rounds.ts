import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { createBooks } from '@daftari/application'
import { aCategoryInput, anExpenseInput, freshId } from '@daftari/testing'
import { createPostgresAdapters, migrateUp } from '../../src/index.ts'
import { openRestartableServer, type RestartableServer } from '../../test/support/restartable-server.ts'
import { Examiner } from './examine.ts'
import type { Bug, FromChild, FromParent, Orders } from './messages.ts'
import { Receiver } from './receiver.ts'

const CHILD = fileURLToPath(new URL('child.ts', import.meta.url))
const EXPENSES = 24
const EVERY_TENTH = 10
/** Longer than a lease. */
const PAUSED_MS = 900
const LOOK_EVERY = 20
/** A subscription that is shut off for a while is back before that. */
const PATIENCE_MS = 40_000
const PATIENCE_WITH_BUG_MS = 5000

export interface CrashOptions {
  readonly rounds: number
  readonly bug?: Bug
  readonly log?: (line: string) => void
}

export interface CrashTally {
  readonly rounds: number
  readonly stops: number
  readonly pauses: number
  readonly acknowledged: number
  readonly delivered: number
  readonly duplicates: number
  readonly violations: Receiver['violations']
  /** What came out of a child and was neither an answer nor trouble with the database. */
  readonly faults: readonly string[]
}

/**
 * Two children write and dispatch; each round the older is killed and another takes its place. Every tenth round the
 * database is stopped as at a crash as well, and in every tenth a child is held up for longer than its lease. Ends
 * with the first violation.
 */
export async function crashRounds({ rounds, bug = null, log = () => {} }: CrashOptions): Promise<CrashTally> {
  const server = await openRestartableServer()
  const folder = await mkdtemp(join(tmpdir(), 'daftari-crash-'))
  try {
    await migrateUp({ connectionString: server.url })
    return await new Crashes(server, await openBooks(server.url, bug), folder, log).run(rounds)
  } finally {
    await server.close()
    await rm(folder, { recursive: true, force: true })
  }
}

/** Some expenses that all children change. */
async function openBooks(url: string, bug: Bug): Promise<Orders> {
  const adapters = createPostgresAdapters({ connectionString: url })
  const books = createBooks(adapters)
  const scope = { ownerId: freshId(), actorId: 'a crash' }
  try {
    await books.delivery.register(scope, { name: 'parent' }, async () => {})
    const { id: categoryId } = await books.categories.create(scope, aCategoryInput())
    const expenseIds: string[] = []
    for (let number = 0; number < EXPENSES; number += 1) {
      expenseIds.push((await books.expenses.create(scope, anExpenseInput({ categoryId }))).id)
    }
    return { url, ownerId: scope.ownerId, expenseIds, bug }
  } finally {
    await adapters.close()
  }
}

class Crashes {
  readonly #server: RestartableServer
  readonly #orders: Orders
  readonly #folder: string
  readonly #log: (line: string) => void
  readonly #receiver = new Receiver()
  readonly #examiner: Examiner
  readonly #acknowledged = new Map<string, number>()
  readonly #faults: string[] = []
  readonly #children: ChildProcess[] = []
  #spare: Promise<ChildProcess>
  #count = 0
  #stops = 0
  #pauses = 0

  constructor(server: RestartableServer, orders: Orders, folder: string, log: (line: string) => void) {
    this.#server = server
    this.#orders = orders
    this.#folder = folder
    this.#log = log
    this.#examiner = new Examiner(server.url, this.#receiver)
    this.#spare = this.#bear()
  }

  async run(rounds: number): Promise<CrashTally> {
    const receiver = this.#receiver
    let round = 0
    try {
      await this.#examiner.watch()
      await this.#replace()
      await this.#replace()
      while (round < rounds && receiver.violations.length === 0) {
        round += 1
        receiver.round = round
        await this.#crash(round)
        if (round % LOOK_EVERY === 0 || round === rounds) await this.#look()
        if (round < rounds) this.#goOn()
      }
    } finally {
      await this.#end()
    }
    return {
      rounds: round,
      stops: this.#stops,
      pauses: this.#pauses,
      acknowledged: this.#count,
      delivered: receiver.received.size,
      duplicates: receiver.duplicates,
      violations: receiver.violations,
      faults: this.#faults,
    }
  }

  async #crash(round: number): Promise<void> {
    await pause(50 + Math.random() * 150)
    if (round % EVERY_TENTH === 5) await this.#holdUp()
    const older = this.#children.shift()
    older?.kill('SIGKILL')
    if (round % EVERY_TENTH === 0) {
      this.#stops += 1
      await this.#server.stopImmediately()
      await pause(Math.random() * 100)
      await this.#server.start()
    }
    await this.#replace()
  }

  /** The older child stands still while the other goes on, and then does not know how late it is. */
  async #holdUp(): Promise<void> {
    this.#pauses += 1
    const [older] = this.#children
    older?.kill('SIGSTOP')
    await pause(PAUSED_MS)
    this.#receiver.goesOn()
    older?.kill('SIGCONT')
    await pause(PAUSED_MS / 4)
  }

  /** Nothing is written for a while, and everything must arrive. */
  async #look(): Promise<void> {
    const [receiver, examiner] = [this.#receiver, this.#examiner]
    receiver.isCalm = true
    this.#tell({ kind: 'write', isWanted: false })
    const deadline = performance.now() + (this.#orders.bug === null ? PATIENCE_MS : PATIENCE_WITH_BUG_MS)
    // A write that was under way when it was told to stop comes after the first look.
    for (let quiet = 0; quiet < 3 && performance.now() < deadline; ) {
      await pause(25)
      quiet = (await examiner.unfinished()) === 0 ? quiet + 1 : 0
    }
    await examiner.examine(this.#acknowledged)
    const { violations, received, duplicates } = receiver
    this.#log(
      `round ${receiver.round}: ${this.#count} changes acknowledged, ${received.size} events delivered, ` +
        `${duplicates} duplicates, ${violations.length} violations`,
    )
  }

  #goOn(): void {
    this.#receiver.isCalm = false
    this.#tell({ kind: 'write', isWanted: true })
  }

  async #replace(): Promise<void> {
    const child = await this.#spare
    this.#spare = this.#bear()
    this.#children.push(child)
    send(child, { kind: 'begin' })
  }

  /** A child that has read its program and waits to begin. */
  async #bear(): Promise<ChildProcess> {
    const env = {
      PATH: process.env.PATH,
      CRASH_ORDERS: JSON.stringify(this.#orders),
      NODE_COMPILE_CACHE: this.#folder,
    }
    const child = fork(CHILD, { execArgv: ['--conditions=source'], env })
    child.on('message', (message: FromChild) => this.#hear(child, message))
    await once(child, 'message')
    return child
  }

  #hear(child: ChildProcess, message: FromChild): void {
    if (message.kind === 'acknowledged') {
      this.#count += 1
      const known = this.#acknowledged.get(message.id) ?? 0
      this.#acknowledged.set(message.id, Math.max(known, message.version))
    } else if (message.kind === 'fault') {
      this.#faults.push(message.text)
    } else if (message.kind === 'sent') {
      const isAccepted = this.#receiver.hear(message)
      if (isAccepted !== null) send(child, { kind: 'answer', number: message.number, isAccepted })
    }
  }

  #tell(message: FromParent): void {
    for (const child of this.#children) send(child, message)
  }

  async #end(): Promise<void> {
    for (const child of [...this.#children, await this.#spare]) {
      if (child.exitCode !== null || child.signalCode !== null) continue
      child.kill('SIGKILL')
      await once(child, 'exit')
    }
  }
}

/** Whoever was killed hears nothing. */
function send(child: ChildProcess, message: FromParent): void {
  if (child.connected) child.send(message, () => {})
}
