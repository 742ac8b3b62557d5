import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { variables } from '../src/config.ts'
import { run } from './support/daftari.ts'

const OF_BEFORE = ['flush_expense_outbox', 'check_infrastructure']

async function commandsOf(...args: readonly string[]): Promise<readonly string[]> {
  const { stdout } = await run([...args, '--help']).ended
  const [, listed = ''] = stdout.split('Commands:\n')
  return [...listed.matchAll(/^ {2}(\S+)/gm)].flatMap(([, name = '']) => (name === 'help' ? [] : [name]))
}

describe.each(['../README.md', '../../../docs/operations.md'])('%s', (file) => {
  const text = readFileSync(new URL(file, import.meta.url), 'utf8')

  test('has every command', async () => {
    const [commands, ofOutbox] = [await commandsOf(), await commandsOf('outbox')]
    expect(commands).toContain('outbox')
    expect(ofOutbox).toContain('flush')
    const wanted = [...commands, ...ofOutbox.map((name) => `outbox ${name}`), ...OF_BEFORE]
    expect(wanted.filter((name) => !text.includes(`\`${name}`))).toEqual([])
  })

  test('has every variable', () => {
    expect(variables.filter((name) => !text.includes(`\`${name}\``))).toEqual([])
  })
})
