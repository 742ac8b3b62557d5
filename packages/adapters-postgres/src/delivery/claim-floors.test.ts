import { expect, test, vi } from 'vitest'
import { ClaimFloors } from './claim-floors.ts'

const wanted = [{ subscriptionId: 'mail', limit: 2 }]
const row = (due_at: string) => ({ subscription_id: 'mail', due_at })
const full = [row('2026-11-21 09:00:02+00'), row('2026-11-21 09:00:01.5+00')]

test('the next claim begins where the last one began that found all it wanted', () => {
  const floors = new ClaimFloors()
  expect(floors.of('mail')).toBe('-infinity')
  expect(floors.note(wanted, full)).toEqual([])
  expect(floors.of('mail')).toBe('2026-11-21 09:00:01.5+00')
  expect(floors.of('another')).toBe('-infinity')
})

test('a claim that found less above its floor has to look below it', () => {
  const floors = new ClaimFloors()
  floors.note(wanted, full)
  expect(floors.note(wanted, full.slice(1))).toEqual([{ subscriptionId: 'mail', limit: 1 }])
  expect(floors.of('mail')).toBe('-infinity')
  expect(floors.note(wanted, [])).toEqual([])
})

test('what stands below the floor is looked for every second', () => {
  vi.useFakeTimers({ toFake: ['performance'] })
  try {
    const floors = new ClaimFloors()
    floors.note(wanted, full)
    vi.advanceTimersByTime(1001)
    expect(floors.of('mail')).toBe('-infinity')
    floors.note(wanted, full)
    expect(floors.of('mail')).toBe('2026-11-21 09:00:01.5+00')
  } finally {
    vi.useRealTimers()
  }
})
