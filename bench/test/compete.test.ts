import { describe, expect, it } from 'vitest'
import { compete } from '../src/contest/compete.ts'
import type { Contender, Work } from '../src/contest/contender.ts'
import { findPgbench } from '../src/write/pgbench.ts'

interface Table {
  rows: number
}

function contender(name: string, table: Table, operations: readonly number[], lost = 0): Contender {
  let turn = 0
  return {
    name,
    async run() {
      const done = operations[turn++ % operations.length] ?? 0
      table.rows += done - lost
      return { operations: done, elapsedMs: 1000 }
    },
  }
}

function work(table: Table, contenders: readonly Contender[], least: number): Work {
  return {
    name: 'writing',
    contenders,
    targets: [{ against: 'anchor', least }],
    count: async () => ({ rows: table.rows }),
    expected: (operations) => ({ rows: operations }),
  }
}

describe('a competition', () => {
  it('compares within one repetition, and throws the first away', async () => {
    const table = { rows: 0 }
    const anchor = contender('anchor', table, [1, 100, 10])
    const ours = contender('ours', table, [1000, 50, 20])
    const { scores, verdicts } = await compete(work(table, [anchor, ours], 1), 2, process.pid)
    expect(scores.map(({ name, perSecond }) => [name, perSecond.median])).toEqual([
      ['anchor', 55],
      ['ours', 35],
    ])
    expect(verdicts).toEqual([
      { against: 'anchor', least: 1, isReached: true, ratio: { median: 1.25, min: 0.5, max: 2 } },
    ])
  })

  it('misses a target that the median does not reach', async () => {
    const table = { rows: 0 }
    const contenders = [contender('anchor', table, [100]), contender('ours', table, [79])]
    const { verdicts } = await compete(work(table, contenders, 0.8), 3, process.pid)
    expect(verdicts.map(({ isReached }) => isReached)).toEqual([false])
  })

  it('refuses a contender that was told of more than is there', async () => {
    const table = { rows: 0 }
    const contenders = [contender('anchor', table, [100]), contender('ours', table, [100], 1)]
    await expect(compete(work(table, contenders, 1), 1, process.pid)).rejects.toThrow(
      'writing, ours: rows for 100 acknowledged',
    )
  })
})

it('cannot be held against a pgbench that is not there, and says how to get one', () => {
  const before = process.env.PGBENCH
  process.env.PGBENCH = '/nowhere/pgbench'
  try {
    expect(findPgbench).toThrow('apt-get install postgresql')
  } finally {
    if (before === undefined) delete process.env.PGBENCH
    else process.env.PGBENCH = before
  }
})
