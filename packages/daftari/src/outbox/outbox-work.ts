import { type DeliveryStatsView, deliveryStatsJson, type Processed } from '@daftari/application'
import { print, say } from '../commands/output.ts'
import { withContainer } from '../commands/with-books.ts'
import { tokens } from '../composition/tokens.ts'
import { dispatcherOf } from './dispatcher-of-config.ts'
import { removeFinished } from './remove-finished.ts'

const PARTLY_FAILED = 4
const SKIPPED =
  'Skipped deliveries still wait. Their handler is paused, shut off for a while after failures, or not registered in this process.'

export interface Told {
  readonly json?: boolean | undefined
}

interface Paced extends Told {
  readonly batchSize?: number | undefined
  readonly intervalSeconds?: number | undefined
}

/** Delivers everything that is due, once. */
export function flushOnce({ json, batchSize }: Paced): Promise<void> {
  return withContainer(async (container) => {
    const { outbox } = container.resolve(tokens.config)
    const config = { ...outbox, batchSize: batchSize ?? outbox.batchSize }
    const dispatcher = dispatcherOf(config, container.resolve(tokens.ports), say)
    try {
      const done = await dispatcher.flush()
      print(done, json, [sentence(done)])
      if (done.skipped > 0) say(SKIPPED)
      if (done.failed + done.dead > 0) process.exitCode = PARTLY_FAILED
    } finally {
      await dispatcher.stop()
    }
  })
}

/** Delivers until the process receives a signal. */
export function runUntilTold({ batchSize, intervalSeconds }: Paced): Promise<void> {
  return withContainer(async (container) => {
    const { outbox } = container.resolve(tokens.config)
    const config = {
      ...outbox,
      batchSize: batchSize ?? outbox.batchSize,
      intervalSeconds: intervalSeconds ?? outbox.intervalSeconds,
    }
    const dispatcher = dispatcherOf(config, container.resolve(tokens.ports), say)
    const { batchSize: atOnce, intervalSeconds: pace } = config
    say(`Delivering ${atOnce} at a time, and polling at least every ${pace} s. Stop with Ctrl+C.`)
    process.once('SIGTERM', () => void dispatcher.stop())
    process.once('SIGINT', () => void dispatcher.stop())
    await dispatcher.run()
    // Stop the dispatcher first, so that it releases its shards before the database is closed.
    await dispatcher.stop()
  })
}

export function retryAll(isDead: boolean, { json }: Told): Promise<void> {
  return withContainer(async (container) => {
    const count = await container.resolve(tokens.ports).dispatch.retryFailed(isDead)
    print({ count }, json, [`${count} deliveries are due again`])
  })
}

export function cleanUp(olderThanMs: number, isDryRun: boolean, { json }: Told): Promise<void> {
  return withContainer(async (container) => {
    const { dispatch } = container.resolve(tokens.ports)
    const count = await removeFinished(dispatch, olderThanMs, isDryRun)
    const verb = isDryRun ? 'would be' : 'were'
    print({ count }, json, [`${count} finished deliveries ${verb} removed`])
  })
}

export async function showStats({ json }: Told): Promise<void> {
  const stats = await currentStats()
  print(stats, json, linesOf(stats))
}

/** Prints the counts on stderr, next to the answer of another command. */
export async function sayHowItStands(): Promise<void> {
  for (const line of linesOf(await currentStats())) say(line)
}

function currentStats(): Promise<DeliveryStatsView> {
  return withContainer(async (container) =>
    deliveryStatsJson(await container.resolve(tokens.ports).dispatch.stats()),
  )
}

function linesOf({ byType, ...counts }: DeliveryStatsView): readonly string[] {
  return Object.entries({ ...counts, ...byType }).map(([name, count]) => `${name}  ${count ?? 'none'}`)
}

function sentence({ processed, failed, dead, skipped, attempts }: Processed): string {
  return `${processed} processed, ${failed} failed, ${dead} dead, ${skipped} skipped, ${attempts} attempts`
}
