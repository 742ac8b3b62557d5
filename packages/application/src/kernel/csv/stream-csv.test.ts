import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type CsvRow, readCsv, streamCsv } from './read-csv.ts'

async function* cut(text: string, sizes: readonly number[]): AsyncGenerator<string> {
  for (let [at, turn] = [0, 0]; at < text.length; turn += 1) {
    const size = sizes[turn % sizes.length] ?? 1
    yield text.slice(at, at + size)
    at += size
  }
}

test('reads the same rows out of pieces, wherever they are cut', async () => {
  const csv = fc.array(fc.constantFrom('a', '"', ',', '\n', '\r', '\r\n', '\ufeff', 'é'), { maxLength: 40 })
  const sizes = fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 5 })
  await fc.assert(
    fc.asyncProperty(csv, sizes, async (parts, cuts) => {
      const text = parts.join('')
      const rows: CsvRow[] = []
      for await (const row of streamCsv(cut(text, cuts))) rows.push(row)
      expect(rows).toEqual([...readCsv(text)])
    }),
    { numRuns: 2000 },
  )
})
