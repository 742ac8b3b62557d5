import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { faults, faultsPage, testedFaults } from '../write-faults.ts'

describe('the numbers of faults', () => {
  test('that stand in titles of tests are explained, each in one line', () => {
    const unexplained = [...testedFaults().keys()].filter((number) => !Object.hasOwn(faults, number))
    expect(unexplained).toEqual([])
    expect(testedFaults().size).toBeGreaterThan(40)
  })

  test('that are explained are tested', () => {
    expect(Object.keys(faults).filter((number) => !testedFaults().has(number))).toEqual([])
  })

  test('stand in docs/faults.md; else run: node scripts/write-faults.ts', () => {
    expect(readFileSync(new URL('../../docs/faults.md', import.meta.url), 'utf8')).toBe(faultsPage())
  })
})
