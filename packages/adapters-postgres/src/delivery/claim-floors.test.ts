import { expect, test, vi } from 'vitest'
import { ClaimFloors } from './claim-floors.ts'

const wanted = [{ subscriptionId: 'mail', limit: 2 }]
const row = (id: string, due_at: string) => ({ id, subscription_id: 'mail', due_at })
const full = [row('b', '2026-11-21 09:00:02+00'), row('a', '2026-11-21 09:00:01.5+00')]

function floorOf(floors: ClaimFloors, subscriptionId = 'mail') {
  return floors.scansOf([{ subscriptionId, limit: 2 }])[0]?.floor
}

test('the next claim begins at the earliest due time that is in flight', () => {
  const floors = new ClaimFloors()
  expect(floorOf(floors)).toBe('-infinity')
  expect(floors.claimed(floors.scansOf(wanted), full, 1)).toEqual([])
  expect(floorOf(floors)).toBe('2026-11-21 09:00:01.5+00')
  expect(floorOf(floors, 'another')).toBe('-infinity')
  const more = [row('c', '2026-11-21 09:00:03+00'), row('d', '2026-11-21 09:00:04+00')]
  floors.claimed(floors.scansOf(wanted), more, 1)
  expect(floorOf(floors)).toBe('2026-11-21 09:00:01.5+00')
  for (const { id } of [...full, ...more]) floors.settled('mail', id)
  floors.claimed(
    floors.scansOf(wanted),
    [row('e', '2026-11-21 09:00:05+00'), row('f', '2026-11-21 09:00:06+00')],
    1,
  )
  expect(floorOf(floors)).toBe('2026-11-21 09:00:05+00')
})

test('a claim that found less than was wanted above its floor sweeps, and sets the floor a little earlier for late commits', () => {
  const floors = new ClaimFloors()
  floors.claimed(floors.scansOf(wanted), full, 1)
  const below = floors.claimed(floors.scansOf(wanted), full.slice(1), 1)
  expect(below).toMatchObject([{ subscriptionId: 'mail', limit: 1, floor: '-infinity' }])
  expect(floorOf(floors)).toBe('2026-11-21T09:00:01.400Z')
  expect(floors.claimed(below, [], 1)).toEqual([])
})

test('a sweep comes every second, and sweeps take a fiftieth of the time at most', () => {
  vi.useFakeTimers({ toFake: ['performance'] })
  try {
    const floors = new ClaimFloors()
    const [scan] = floors.scansOf(wanted)
    floors.claimed(floors.scansOf(wanted), full, 10)
    vi.advanceTimersByTime(500)
    expect(scan && floors.maySweep(scan)).toBe(false)
    vi.advanceTimersByTime(1)
    expect(scan && floors.maySweep(scan)).toBe(true)
    expect(floorOf(floors)).toBe('2026-11-21 09:00:01.5+00')
    vi.advanceTimersByTime(500)
    expect(floorOf(floors)).toBe('-infinity')
    floors.claimed(floors.scansOf(wanted), full, 100)
    vi.advanceTimersByTime(5000)
    expect(floorOf(floors)).toBe('2026-11-21 09:00:01.5+00')
    vi.advanceTimersByTime(1)
    expect(floorOf(floors)).toBe('-infinity')
  } finally {
    vi.useRealTimers()
  }
})

test('a delivery that is in flight as a claim begins stays above the floor, even if it is settled before the claim ends', () => {
  const floors = new ClaimFloors()
  floors.claimed(floors.scansOf(wanted), full, 1)
  const looks = floors.scansOf(wanted)
  for (const { id } of full) floors.settled('mail', id)
  const more = [row('c', '2026-11-21 09:00:03+00'), row('d', '2026-11-21 09:00:04+00')]
  floors.claimed(looks, more, 1)
  expect(floorOf(floors)).toBe('2026-11-21 09:00:01.5+00')
})
