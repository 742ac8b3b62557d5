import { expect, test, vi } from 'vitest'
import { ClaimFloors } from './claim-floors.ts'

const wanted = [{ subscriptionId: 'mail', limit: 2 }]
const row = (id: string, due_at: string) => ({ id, subscription_id: 'mail', due_at })
const full = [row('b', '2026-11-21 09:00:02+00'), row('a', '2026-11-21 09:00:01.5+00')]

function floorOf(floors: ClaimFloors, subscriptionId = 'mail') {
  return floors.looks([{ subscriptionId, limit: 2 }])[0]?.floor
}

test('the next claim begins where that stands which is longest under way', () => {
  const floors = new ClaimFloors()
  expect(floorOf(floors)).toBe('-infinity')
  expect(floors.note(floors.looks(wanted), full, 1)).toEqual([])
  expect(floorOf(floors)).toBe('2026-11-21 09:00:01.5+00')
  expect(floorOf(floors, 'another')).toBe('-infinity')
  const more = [row('c', '2026-11-21 09:00:03+00'), row('d', '2026-11-21 09:00:04+00')]
  floors.note(floors.looks(wanted), more, 1)
  expect(floorOf(floors)).toBe('2026-11-21 09:00:01.5+00')
  for (const { id } of [...full, ...more]) floors.settled('mail', id)
  floors.note(
    floors.looks(wanted),
    [row('e', '2026-11-21 09:00:05+00'), row('f', '2026-11-21 09:00:06+00')],
    1,
  )
  expect(floorOf(floors)).toBe('2026-11-21 09:00:05+00')
})

test('a claim that found less above its floor looks below it, and leaves a little for who is late', () => {
  const floors = new ClaimFloors()
  floors.note(floors.looks(wanted), full, 1)
  const below = floors.note(floors.looks(wanted), full.slice(1), 1)
  expect(below).toMatchObject([{ subscriptionId: 'mail', limit: 1, floor: '-infinity' }])
  expect(floorOf(floors)).toBe('2026-11-21T09:00:01.400Z')
  expect(floors.note(below, [], 1)).toEqual([])
})

test('what stands below the floor is looked for every second, and for a fiftieth of the time at most', () => {
  vi.useFakeTimers({ toFake: ['performance'] })
  try {
    const floors = new ClaimFloors()
    const [look] = floors.looks(wanted)
    floors.note(floors.looks(wanted), full, 10)
    vi.advanceTimersByTime(500)
    expect(look && floors.mayLookBelow(look)).toBe(false)
    vi.advanceTimersByTime(1)
    expect(look && floors.mayLookBelow(look)).toBe(true)
    expect(floorOf(floors)).toBe('2026-11-21 09:00:01.5+00')
    vi.advanceTimersByTime(500)
    expect(floorOf(floors)).toBe('-infinity')
    floors.note(floors.looks(wanted), full, 100)
    vi.advanceTimersByTime(5000)
    expect(floorOf(floors)).toBe('2026-11-21 09:00:01.5+00')
    vi.advanceTimersByTime(1)
    expect(floorOf(floors)).toBe('-infinity')
  } finally {
    vi.useRealTimers()
  }
})

test('what was under way as a claim began stays above the floor, though it is settled before that ends', () => {
  const floors = new ClaimFloors()
  floors.note(floors.looks(wanted), full, 1)
  const looks = floors.looks(wanted)
  for (const { id } of full) floors.settled('mail', id)
  const more = [row('c', '2026-11-21 09:00:03+00'), row('d', '2026-11-21 09:00:04+00')]
  floors.note(looks, more, 1)
  expect(floorOf(floors)).toBe('2026-11-21 09:00:01.5+00')
})
