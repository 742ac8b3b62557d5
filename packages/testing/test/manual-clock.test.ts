import { describe, expect, it } from 'vitest'
import { at, manualClock } from '../src/index.ts'

describe('manualClock', () => {
  it('stands still', () => {
    const clock = manualClock('2026-11-21T09:00:00.000Z')
    expect(clock.now()).toBe(at('2026-11-21T09:00:00.000Z'))
    expect(clock.now()).toBe(at('2026-11-21T09:00:00.000Z'))
  })

  it('is set, and moved to either side', () => {
    const clock = manualClock('2026-11-21T09:00:00.000Z')
    clock.set('2026-12-31T20:59:59.999Z')
    clock.advance(1)
    expect(clock.now()).toBe(at('2026-12-31T21:00:00.000Z'))
    clock.advance(-3_600_000)
    expect(clock.now()).toBe(at('2026-12-31T20:00:00.000Z'))
  })

  it('refuses what is no instant', () => {
    expect(() => manualClock('2026-11-21')).toThrow(TypeError)
    expect(() => manualClock('2026-11-21T09:00:00.000Z').set('noon')).toThrow(TypeError)
  })
})
