import { expect, test } from 'vitest'
import { instant } from '../calendar/instant.ts'
import { firstVersion, nextVersion } from './recorded.ts'

const [morning, noon] = [instant(1_000), instant(2_000)]

test('the first version was created and updated at the same moment', () => {
  expect(firstVersion(morning, 'amina')).toEqual({
    version: 1,
    createdAt: morning,
    createdBy: 'amina',
    updatedAt: morning,
  })
})

test('the next version is one higher and remembers who created the record and when', () => {
  const record = { ...firstVersion(morning, 'amina'), name: 'Usafiri' }
  expect(nextVersion(record, noon)).toEqual({
    version: 2,
    createdAt: morning,
    createdBy: 'amina',
    updatedAt: noon,
    name: 'Usafiri',
  })
  expect(record.version).toBe(1)
})
