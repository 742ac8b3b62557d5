import { describe, expect, test } from 'vitest'
import { instant } from '../calendar/instant.ts'
import { firstVersion, nextVersion } from '../identity/recorded.ts'
import { unchanged } from './decision.ts'
import { created, deleted, updated } from './fact.ts'

const [morning, noon, evening] = [instant(1_000), instant(2_000), instant(3_000)]
const first = { id: 'a-1', name: 'one', ...firstVersion(morning, 'amina') }
const second = nextVersion({ ...first, name: 'two' }, noon)

describe('a fact', () => {
  test('of a creation has no before and bears the time and version of what was made', () => {
    expect(created('thing.created', 'thing', first)).toEqual({
      type: 'thing.created',
      aggregateType: 'thing',
      aggregateId: 'a-1',
      version: 1,
      at: morning,
      before: null,
      after: first,
    })
  })

  test('of a change has both sides and bears the time and version of the later', () => {
    expect(updated('thing.updated', 'thing', first, second)).toEqual({
      type: 'thing.updated',
      aggregateType: 'thing',
      aggregateId: 'a-1',
      version: 2,
      at: noon,
      before: first,
      after: second,
    })
  })

  test('of a deletion has no after and is one version more', () => {
    expect(deleted('thing.deleted', 'thing', second, evening)).toEqual({
      type: 'thing.deleted',
      aggregateType: 'thing',
      aggregateId: 'a-1',
      version: 3,
      at: evening,
      before: second,
      after: null,
    })
  })
})

test('a decision that changes nothing gives the very same state and no fact', () => {
  const decision = unchanged(first)
  expect(decision.state).toBe(first)
  expect(decision.events).toEqual([])
})
