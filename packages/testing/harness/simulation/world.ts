import type { Clock, Random, Timer } from '@daftari/application'
import { instant } from '@daftari/domain'

const START_MS = Date.parse('2026-11-21T09:00:00.000Z')

/** One who acts. What is dead never goes on; what is paused goes on later. */
export interface Actor {
  isDead: boolean
  pausedUntil: number
}

interface Turn {
  readonly at: number
  readonly order: number
  readonly actor: Actor | null
  readonly go: () => void
}

/** Time and chance of one run: everything that happens is decided by the seed. */
export class World {
  nowMs = 0
  jumpMs = 0
  #state: number
  #order = 0
  readonly #turns: Turn[] = []

  constructor(seed: number) {
    this.#state = (seed * 2654435761 + 1) >>> 0
  }

  /** From 0 up to and without 1. */
  chance(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0
    let mixed = this.#state
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }

  below(limit: number): number {
    return Math.floor(this.chance() * limit)
  }

  readonly clock: Clock = { now: () => instant(START_MS + Math.floor(this.nowMs + this.jumpMs)) }

  readonly random: Random = { bytes: (count) => Uint8Array.from({ length: count }, () => this.below(256)) }

  timerOf(actor: Actor): Timer {
    return {
      elapsedMs: () => this.nowMs,
      sleep: (durationMs) => {
        const { promise: over, resolve } = Promise.withResolvers<void>()
        this.at(durationMs, actor, resolve)
        return { over, wake: () => this.at(0, actor, resolve) }
      },
    }
  }

  at(inMs: number, actor: Actor | null, go: () => void): void {
    const turn = { at: this.nowMs + Math.max(0, inMs), order: this.#order, actor, go }
    this.#order += 1
    this.#push(turn)
  }

  turn(actor: Actor, mostMs: number): Promise<void> {
    return new Promise((go) => this.at(this.chance() * mostMs, actor, go))
  }

  /** Takes turns until nothing is left to do, the time is over, or it is enough. */
  async play(untilMs: number, isEnough: () => boolean): Promise<void> {
    while (!isEnough()) {
      const next = this.#pop()
      if (next === undefined) return
      if (next.at > untilMs) {
        this.#push(next)
        this.nowMs = untilMs
        return
      }
      this.nowMs = Math.max(this.nowMs, next.at)
      if (next.actor?.isDead) continue
      if (next.actor !== null && next.actor.pausedUntil > this.nowMs) {
        this.#push({ ...next, at: next.actor.pausedUntil })
        continue
      }
      next.go()
      await new Promise<void>((done) => setImmediate(done))
    }
  }

  #push(turn: Turn): void {
    const turns = this.#turns
    let index = turns.push(turn) - 1
    while (index > 0) {
      const above = (index - 1) >> 1
      if (isBefore(turns[above], turn)) break
      swap(turns, index, above)
      index = above
    }
  }

  #pop(): Turn | undefined {
    const turns = this.#turns
    const [first] = turns
    const last = turns.pop()
    if (first === undefined || last === undefined || turns.length === 0) return first
    turns[0] = last
    for (let index = 0; ; ) {
      const [left, right] = [2 * index + 1, 2 * index + 2]
      const below = isBefore(turns[right], turns[left]) ? right : left
      if (!isBefore(turns[below], turns[index])) return first
      swap(turns, index, below)
      index = below
    }
  }
}

function isBefore(one: Turn | undefined, other: Turn | undefined): boolean {
  if (one === undefined || other === undefined) return one !== undefined
  return one.at === other.at ? one.order < other.order : one.at < other.at
}

function swap(turns: Turn[], one: number, other: number): void {
  const [a, b] = [turns[one], turns[other]]
  if (a === undefined || b === undefined) throw new Error('there are two turns to swap')
  turns[one] = b
  turns[other] = a
}
