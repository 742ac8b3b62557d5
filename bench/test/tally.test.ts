import { expect, it } from 'vitest'
import { bodies } from '../src/delivery/bodies.ts'
import { Tally } from '../src/delivery/tally.ts'

const [first, second, third] = bodies(1, 1).map(({ text }) => text) as [string, string, string]

function taken(...texts: readonly string[]) {
  const tally = new Tally()
  for (const text of texts) tally.take(text)
  return tally.counts()
}

it('finds nothing wrong with bursts of several aggregates that come in between each other', () => {
  const [one, other] = [bodies(1, 2).slice(0, 10), bodies(1, 2).slice(10)]
  const texts = one.flatMap(({ text }, index) => [text, other[index]?.text ?? ''])
  expect(taken(...texts)).toEqual({ received: 20, duplicates: 0, outOfOrder: 0, wrong: 0 })
})

it('counts what comes a second time', () => {
  expect(taken(first, second, first)).toEqual({ received: 3, duplicates: 1, outOfOrder: 0, wrong: 0 })
})

it('counts what comes before its turn, and what comes after it', () => {
  expect(taken(first, third, second)).toEqual({ received: 3, duplicates: 0, outOfOrder: 2, wrong: 0 })
})

it('counts what came with another byte than was stored', () => {
  expect(taken(first.replace('Nauli', 'Nauly'))).toMatchObject({ received: 1, wrong: 1 })
})

it('never makes two events with one id, nor two runs with one aggregate', () => {
  const all = [...bodies(1, 30), ...bodies(2, 30)]
  expect(new Set(all.map(({ eventId }) => eventId)).size).toBe(600)
  expect(new Set(all.map(({ aggregateId }) => aggregateId)).size).toBe(60)
})
