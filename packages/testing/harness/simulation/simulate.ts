import type { Dispatcher } from '@daftari/application'
import { type CategoryId, isDomainError } from '@daftari/domain'
import { subscribed } from '../../src/delivery/delivery-steps.ts'
import { aCategory, categoryEvent, createMemoryAdapters } from '../../src/index.ts'
import { type Bug, flawedStore } from './bugs.ts'
import { CALM, dispatcherIn, type Place, type Weather } from './wires.ts'
import { Witness } from './witness.ts'
import { type Actor, World } from './world.ts'

const OWNER = '01890000-0000-7000-8000-00000000000a'
const STORM_MS = 240_000
const LOOK_EVERY_MS = 30_000
const CALM_MS = 4 * 60 * 60 * 1000

/** One history of the world, told by its seed: a storm, and a calm in which everything must arrive. Gives what went wrong. */
export async function simulate(seed: number, bug: Bug = null): Promise<readonly string[]> {
  const world = new World(seed)
  const witness = new Witness()
  const ports = createMemoryAdapters({ clock: world.clock })
  const subscriptions: string[] = []
  for (let count = 1 + world.below(2); count > 0; count -= 1) {
    const createdAt = world.clock.now()
    subscriptions.push(
      (await subscribed({ ports, ownerId: OWNER }, { name: `handler ${count}`, createdAt })).id,
    )
  }
  const weather = storm(world)
  const dispatch = flawedStore(ports.dispatch, bug)
  const place = { world, weather, witness, ports, dispatch, subscriptions, bug }
  const written: Written = { acknowledged: new Map() }
  for (let writer = 0; writer < 2; writer += 1) void write(place, written, writer)
  const processes = Array.from({ length: 1 + world.below(3) }, () => start(place))
  disturb(place, processes)
  await world.play(STORM_MS, () => witness.violations.length > 0)
  Object.assign(weather, CALM)
  for (const { actor } of processes) actor.pausedUntil = 0
  await settle(place)
  for (const { actor } of processes) actor.isDead = true
  await examine(place, written)
  return witness.violations
}

interface Written {
  readonly acknowledged: Map<string, number>
}

/** Each seed has its own mixture of faults: where everything fails at once, little is found. */
function storm(world: World): Weather {
  const some = (most: number): number => (world.chance() < 0.5 ? 0 : world.chance() * most)
  const slownessMs = world.chance() < 0.3 ? 400 : 50
  return { isDatabaseDown: false, failing: some(0.4), lostReplies: some(0.2), doubled: some(0.2), slownessMs }
}

/** Some aggregates that grow version by version. A process that writes may die anywhere. */
async function write({ world, ports, bug }: Place, { acknowledged }: Written, writer: number): Promise<void> {
  const actor: Actor = { isDead: false, pausedUntil: 0 }
  if (world.chance() < 0.5)
    world.at(world.chance() * STORM_MS, null, () => Object.assign(actor, { isDead: true }))
  const pace = world.chance() < 0.5 ? 200 : 20_000
  const scope = { ownerId: OWNER, actorId: 'amina', idempotency: null }
  const ids = [1, 2].map((number) => `01890000-0000-7000-8000-0000000000${writer}${number}` as CategoryId)
  for (let step = 0; step < 8; step += 1) {
    await world.turn(actor, pace)
    const id = ids[world.below(ids.length)] ?? ('' as CategoryId)
    const version = ((await ports.queries.categories.find(OWNER, id))?.category.version ?? 0) + 1
    const after = aCategory({ id, version, name: id })
    const event = categoryEvent(version === 1 ? 'category.created' : 'category.updated', { after })
    try {
      await ports.unitOfWork.transact(scope, async (tx) => {
        if (version === 1) tx.categories.insert(after)
        else tx.categories.update(after, version - 1)
        if (bug !== 'write after commit') tx.events.append([event])
        await world.turn(actor, 500)
      })
      if (bug === 'write after commit') {
        await world.turn(actor, 500)
        await ports.unitOfWork.transact(scope, async (tx) => tx.events.append([event]))
      }
    } catch (failure) {
      if (isDomainError(failure)) continue
      throw failure
    }
    await world.turn(actor, 50)
    acknowledged.set(id, version)
  }
}

interface Process {
  actor: Actor
  dispatcher: Dispatcher
}

function start(place: Place): Process {
  const actor = { isDead: false, pausedUntil: 0 }
  const dispatcher = dispatcherIn(place, actor)
  dispatcher.run().catch((failure) => place.witness.violated(`a dispatcher ended: ${failure}`))
  return { actor, dispatcher }
}

/** Kills and pauses processes, stops the database, sets the clock. */
function disturb(place: Place, processes: Process[]): void {
  const { world, weather, witness } = place
  const mayJump = world.chance() < 0.3
  for (let count = world.below(7); count > 0; count -= 1) {
    const kind = world.below(mayJump ? 4 : 3)
    world.at(world.chance() * STORM_MS, null, () => {
      const process = processes[world.below(processes.length)]
      if (process === undefined) return
      if (kind === 0) {
        process.actor.isDead = true
        world.at(world.chance() * 5000, null, () => Object.assign(process, start(place)))
      } else if (kind === 1) {
        process.actor.pausedUntil = world.nowMs + world.chance() * 90_000
      } else if (kind === 2) {
        weather.isDatabaseDown = true
        world.at(world.chance() * 40_000, null, () => Object.assign(weather, { isDatabaseDown: false }))
      } else {
        world.jumpMs += (world.chance() - 0.5) * 7_200_000
        witness.clockJumped()
      }
    })
  }
}

/** Looks from time to time whether everything has come to rest. */
async function settle({ world, ports, witness }: Place): Promise<void> {
  const endsAt = world.nowMs + CALM_MS
  while (world.nowMs < endsAt && witness.violations.length === 0) {
    await world.play(world.nowMs + LOOK_EVERY_MS, () => witness.violations.length > 0)
    const { pending, parked } = await ports.delivery.stats(OWNER)
    if (pending + parked === 0) return
  }
}

async function examine({ ports, subscriptions, witness }: Place, { acknowledged }: Written): Promise<void> {
  const feed = await ports.queries.feed.list(OWNER, {
    after: null,
    types: ['category.created', 'category.updated'],
    limit: 1000,
  })
  const versions = new Map<string, number>()
  for (const { record } of feed) {
    const last = versions.get(record.aggregateId) ?? 0
    if (record.aggregateVersion !== last + 1)
      witness.violated(`${record.aggregateId} has a gap after ${last}`)
    versions.set(record.aggregateId, record.aggregateVersion)
  }
  for (const { category } of await ports.queries.categories.list(
    OWNER,
    { words: [] },
    { after: null, limit: 100 },
  )) {
    const told = versions.get(category.id) ?? 0
    if (told !== category.version)
      witness.violated(`${category.id} is at ${category.version}, its events at ${told}`)
  }
  for (const [id, version] of acknowledged) {
    if ((versions.get(id) ?? 0) < version)
      witness.violated(`version ${version} of ${id} was acknowledged and is lost`)
  }
  const known = new Set(feed.map(({ record }) => record.id))
  for (const id of subscriptions) {
    const received = witness.received.get(id) ?? new Set()
    for (const { record } of feed)
      if (!received.has(record.id)) witness.violated(`${record.id} never arrived at ${id}`)
    for (const event of received)
      if (!known.has(event)) witness.violated(`${event} arrived and never happened`)
  }
}
