import { describe, expect, it } from 'vitest'
import { Table } from './table.ts'

function filled(): Table<string> {
  const table = new Table<string>()
  table.set('a', 'one')
  table.set('b', 'two')
  return table
}

describe('a fork of a table', () => {
  it('sees the rows below it, save those it changed or deleted', () => {
    const fork = filled().fork()
    fork.set('b', 'changed')
    fork.set('c', 'three')
    fork.delete('a')
    expect([...fork.values()].sort()).toEqual(['changed', 'three'])
    expect([...fork.entries()].sort()).toEqual([
      ['b', 'changed'],
      ['c', 'three'],
    ])
    expect([fork.get('a'), fork.get('b'), fork.get('c'), fork.get('d')]).toEqual([
      null,
      'changed',
      'three',
      null,
    ])
  })

  it('changes nothing below it before it is absorbed', () => {
    const table = filled()
    const fork = table.fork()
    fork.set('b', 'changed')
    fork.delete('a')
    expect([...table.values()]).toEqual(['one', 'two'])
    table.absorb(fork)
    expect([...table.values()]).toEqual(['changed'])
  })

  it('sees what its table gains after the fork, unless it changed that row itself', () => {
    const table = filled()
    const fork = table.fork()
    fork.set('a', 'mine')
    table.set('a', 'theirs')
    table.set('c', 'three')
    expect([fork.get('a'), fork.get('c')]).toEqual(['mine', 'three'])
  })

  it('absorbs a row that was deleted and set again', () => {
    const table = filled()
    const fork = table.fork()
    fork.delete('a')
    fork.set('a', 'again')
    table.absorb(fork)
    expect(table.get('a')).toBe('again')
  })

  it('hands its own deletions on to a fork of itself', () => {
    const fork = filled().fork()
    fork.delete('a')
    const second = fork.fork()
    expect([...second.values()]).toEqual(['two'])
    second.set('a', 'back')
    fork.absorb(second)
    expect(fork.get('a')).toBe('back')
  })
})
