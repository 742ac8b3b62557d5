import type { Clock, Random, Timer } from '../kernel/ports.ts'
import type { ResolvedOptions } from './dispatcher-options.ts'
import type { Claimed, Outcome, Senders } from './ports.ts'
import { jittered } from './retry-schedule.ts'

/** So many attempts in a row without any word: whatever makes them end so is not tried for ever. */
const MOST_LOST = 20
const LONGEST_ERROR = 500
const LATE = Symbol('late')

interface Deps {
  readonly senders: Senders
  readonly clock: Clock
  readonly timer: Timer
  readonly random: Random
  readonly options: ResolvedOptions
}

/** Makes one attempt and says what came of it. Never rejects. */
export async function attemptDelivery(
  { senders, clock, timer, random, options }: Deps,
  claimed: Claimed,
): Promise<Outcome> {
  const [at, begun] = [clock.now(), timer.elapsedMs()]
  if (claimed.lost >= MOST_LOST) {
    return { claimed, at, durationMs: 0, result: 'dead', error: `lost ${claimed.lost} times in a row` }
  }
  const send = senders.get(claimed.subscriptionId)
  if (send === null) return { claimed, at, durationMs: 0, result: 'released' }
  const error = await failureOf(async () => {
    const { ownerId, event, attempts } = claimed
    await within(timer, options.timeoutMs, send(event, { ownerId, eventId: event.id, attempt: attempts }))
  })
  const durationMs = Math.round(timer.elapsedMs() - begun)
  if (error === null) return { claimed, at, durationMs, result: 'delivered' }
  const step = options.retryScheduleMs[Math.min(claimed.failures, options.retryScheduleMs.length - 1)]
  if (step === undefined || (claimed.failures >= options.retryScheduleMs.length && !claimed.isProbe)) {
    return { claimed, at, durationMs, result: 'dead', error }
  }
  const [byte = 0] = random.bytes(1)
  return { claimed, at, durationMs, result: 'failed', error, retryInMs: jittered(step, byte) }
}

async function failureOf(work: () => Promise<void>): Promise<string | null> {
  try {
    await work()
    return null
  } catch (error) {
    return wordsOf(error).slice(0, LONGEST_ERROR) || 'failed without a word'
  }
}

/** Whatever it is that a handler throws; a store may refuse the whole batch for a NUL. */
function wordsOf(error: unknown): string {
  try {
    return String(error instanceof Error ? error.message : error).replaceAll('\0', '')
  } catch {
    return ''
  }
}

async function within(timer: Timer, limitMs: number, sent: Promise<void>): Promise<void> {
  const patience = timer.sleep(limitMs)
  const late = patience.over.then(() => LATE)
  try {
    if ((await Promise.race([sent, late])) === LATE) throw new Error(`timed out after ${limitMs} ms`)
  } finally {
    sent.catch(() => {})
    patience.wake()
  }
}
