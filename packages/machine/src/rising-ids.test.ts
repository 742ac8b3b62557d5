import { type Instant, instant } from '@daftari/domain'
import { describe, expect, it } from 'vitest'
import { risingIds } from './rising-ids.ts'

const NOON = Date.UTC(2026, 10, 21, 12)

function standingClock(): { now(): Instant } {
  return { now: () => instant(NOON) }
}

function moving(): { clock: { now(): Instant }; move(ms: number): void } {
  let time = NOON
  return {
    clock: { now: () => instant(time) },
    move(ms) {
      time += ms
    },
  }
}

/** The first 48 bits. */
function millisecondsOf(id: string): number {
  return Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16)
}

describe('risingIds', () => {
  it('makes UUIDv7 in lower case that begin with the millisecond', () => {
    const id = risingIds(standingClock()).next()
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
    expect(millisecondsOf(id)).toBe(NOON)
  })

  it('makes ids that rise within one millisecond', () => {
    const ids = risingIds(standingClock())
    const made = Array.from({ length: 5_000 }, () => ids.next())
    expect(made).toEqual([...new Set(made)].sort())
    expect(millisecondsOf(made.at(-1) ?? '')).toBe(NOON)
  })

  it('makes ids that rise while the clock steps forwards and back (F30)', () => {
    const { clock, move } = moving()
    const ids = risingIds(clock)
    const made = [0, 1, -3_600_000, 1, 0, 3_600_000, -5, 10].map((ms) => {
      move(ms)
      return ids.next()
    })
    expect(made).toEqual([...new Set(made)].sort())
  })

  it('keeps to the latest millisecond it saw until the clock has caught up (F30)', () => {
    const { clock, move } = moving()
    const ids = risingIds(clock)
    ids.next()
    move(-1_000)
    expect(millisecondsOf(ids.next())).toBe(NOON)
    move(2_000)
    expect(millisecondsOf(ids.next())).toBe(NOON + 1_000)
  })

  it('starts each millisecond at another place, so that two processes seldom meet', () => {
    const made = Array.from({ length: 50 }, () => risingIds(standingClock()).next())
    expect(new Set(made).size).toBe(50)
  })
})
