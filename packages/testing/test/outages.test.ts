import type { EventRecord } from '@daftari/application'
import { describe, expect, test } from 'vitest'
import { deliverForDays, type Heard } from '../harness/simulation/deliver-for-days.ts'

const takes = async (): Promise<void> => {}
const hangs = (): Promise<void> => new Promise(() => {})
const refuses = (): Promise<void> => Promise.reject(new Error('refused'))

describe('F34 a subscriber that is down for 24 hours', () => {
  test.each([
    ['answers none of 10,000 events of 1,000 aggregates', hangs, 10_000],
    ['refuses all of 2,000 of 200', refuses, 2_000],
  ])(
    'and %s: 300 probes at most, then all in order, and others wait no longer',
    async (_, down, events) => {
      const day = { events, aggregates: events / 10, hours: 24 }
      let [isDown, probes] = [true, 0]
      const alone = await deliverForDays({ ...day, subscribers: { well: takes } })
      const { ill, well } = await deliverForDays({
        ...day,
        subscribers: { ill: () => (isDown ? down() : takes()), well: takes },
        beforeTheEnd: (heard) => {
          isDown = false
          probes = heard.ill?.attempts ?? 0
        },
      })
      expect(probes).toBeGreaterThan(10)
      expect(probes).toBeLessThanOrEqual(300)
      expect(ill?.delaysMs.size).toBe(day.events)
      const inOrder = Array.from({ length: day.events / day.aggregates }, (_, index) => index + 1)
      for (const versions of ill?.versions.values() ?? []) expect(versions).toEqual(inOrder)
      expect(delaysOf(well).count).toBe(day.events)
      expect(delaysOf(well)).toEqual(delaysOf(alone.well))
    },
    120_000,
  )
})

describe('F37 one poison event', () => {
  const HOURS = { events: 1_000, aggregates: 500, hours: 10 }
  const isPoison = ({ aggregateId, aggregateVersion }: EventRecord): boolean =>
    aggregateVersion === 1 && aggregateId.endsWith('0000')

  test.each([
    ['refused', refuses],
    ['never answered', hangs],
  ])(
    'that is %s delays nothing but what follows it',
    async (_, fails) => {
      const whole = await deliverForDays({ ...HOURS, subscribers: { one: takes } })
      const poisoned = await deliverForDays({
        ...HOURS,
        subscribers: { one: (event) => (isPoison(event) ? fails() : takes()) },
      })
      expect(poisoned.one?.delaysMs.size).toBe(HOURS.events - 2)
      expect(delaysOf(poisoned.one)).toMatchObject({ p99: delaysOf(whole.one).p99 })
    },
    60_000,
  )
})

function delaysOf(heard: Heard | undefined): {
  readonly count: number
  readonly p99: number
  readonly most: number
} {
  const sorted = [...(heard?.delaysMs.values() ?? [])].sort((a, b) => a - b)
  return {
    count: sorted.length,
    p99: sorted[Math.floor(sorted.length * 0.99)] ?? 0,
    most: sorted.at(-1) ?? 0,
  }
}
