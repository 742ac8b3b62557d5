import type { Clock, Random, Timer } from '../kernel/ports.ts'
import type { ResolvedOptions } from './dispatcher-options.ts'
import type { Claimed, Outcome, Senders } from './ports.ts'
import { jittered } from './retry-schedule.ts'

/** A delivery is dead after this many attempts in a row without an outcome, because the delivery itself may crash the process each time. */
const MAX_LOST_ATTEMPTS = 20
const MAX_ERROR_LENGTH = 500
const TIMED_OUT = Symbol('timed out')

interface Deps {
  readonly senders: Senders
  readonly clock: Clock
  readonly timer: Timer
  readonly random: Random
  readonly options: ResolvedOptions
}

/** Makes one attempt and gives its outcome. Never rejects. */
export async function attemptDelivery(
  { senders, clock, timer, random, options }: Deps,
  claimed: Claimed,
): Promise<Outcome> {
  const [at, startedAtMs] = [clock.now(), timer.elapsedMs()]
  if (claimed.lost >= MAX_LOST_ATTEMPTS) {
    return { claimed, at, durationMs: 0, result: 'dead', error: `lost ${claimed.lost} times in a row` }
  }
  const send = senders.get(claimed.subscriptionId)
  if (send === null) return { claimed, at, durationMs: 0, result: 'released' }
  const error = await errorOf(async () => {
    const { ownerId, event, attempts } = claimed
    await within(timer, options.timeoutMs, send(event, { ownerId, eventId: event.id, attempt: attempts }))
  })
  const durationMs = Math.round(timer.elapsedMs() - startedAtMs)
  if (error === null) return { claimed, at, durationMs, result: 'delivered' }
  const pauseMs = options.retryScheduleMs[Math.min(claimed.failures, options.retryScheduleMs.length - 1)]
  if (pauseMs === undefined || (claimed.failures >= options.retryScheduleMs.length && !claimed.isProbe)) {
    return { claimed, at, durationMs, result: 'dead', error }
  }
  const [byte = 0] = random.bytes(1)
  return { claimed, at, durationMs, result: 'failed', error, retryInMs: jittered(pauseMs, byte) }
}

async function errorOf(work: () => Promise<void>): Promise<string | null> {
  try {
    await work()
    return null
  } catch (error) {
    return messageOf(error).slice(0, MAX_ERROR_LENGTH) || 'failed without an error message'
  }
}

/** A handler may throw anything. A NUL is removed, because a store may refuse the whole batch for it. */
function messageOf(error: unknown): string {
  try {
    return String(error instanceof Error ? error.message : error).replaceAll('\0', '')
  } catch {
    return ''
  }
}

async function within(timer: Timer, limitMs: number, sent: Promise<void>): Promise<void> {
  const timeout = timer.sleep(limitMs)
  const timedOut = timeout.over.then(() => TIMED_OUT)
  try {
    if ((await Promise.race([sent, timedOut])) === TIMED_OUT) throw new Error(`timed out after ${limitMs} ms`)
  } finally {
    // It may still reject after the timeout, when nobody waits for it.
    sent.catch(() => {})
    timeout.wake()
  }
}
