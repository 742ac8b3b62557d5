import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const KILLS = fileURLToPath(new URL('../harness/kills.ts', import.meta.url))

test('F1 nothing acknowledged is lost or doubled in four rounds of kill -9', async () => {
  const child = spawn(process.execPath, ['--conditions=source', KILLS, '--rounds', '4'], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const said: Buffer[] = []
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (piece: Buffer) => said.push(piece))
  const [code] = await once(child, 'close')
  const text = Buffer.concat(said).toString()
  expect(text).toMatch(/\n4 rounds: [1-9]\d* acknowledged, 0 lost, 0 too many, 0 orphans, invariants hold\n$/)
  expect(code).toBe(0)
}, 300_000)
