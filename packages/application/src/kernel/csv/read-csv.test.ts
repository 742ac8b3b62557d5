import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readCsv } from './read-csv.ts'
import { csvLine } from './write-csv.ts'

function cellsOf(text: string): (readonly string[])[] {
  return [...readCsv(text)].map(({ cells }) => cells)
}

function linesOf(text: string): number[] {
  return [...readCsv(text)].map(({ line }) => line)
}

describe('reading CSV', () => {
  test.each<[string, string, string[][]]>([
    [
      'line feeds',
      'a,b\nc,d\n',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    [
      'carriage returns and line feeds',
      'a,b\r\nc,d\r\n',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    [
      'carriage returns alone',
      'a,b\rc,d',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    [
      'no last line break',
      'a,b\nc,d',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    ['a byte order mark', '\ufeffa,b', [['a', 'b']]],
    ['a byte order mark before a quote', '\ufeff"a",b', [['a', 'b']]],
    ['a byte order mark further on, which belongs to its cell', 'a,\ufeffb', [['a', '\ufeffb']]],
    ['quotes', '"a,b","c ""d"""\n', [['a,b', 'c "d"']]],
    [
      'line breaks in quotes',
      '"a\nb","c\r\nd"\ne,f',
      [
        ['a\nb', 'c\r\nd'],
        ['e', 'f'],
      ],
    ],
    [
      'empty cells',
      ',a,,\n,',
      [
        ['', 'a', '', ''],
        ['', ''],
      ],
    ],
    ['empty quotes', '"",""\n', [['', '']]],
    ['a quote within a bare cell', 'a"b,c\n', [['a"b', 'c']]],
    ['text behind a closing quote', '"a"b,c\n', [['ab', 'c']]],
    ['white space, which is kept', ' a , "b" \n', [[' a ', ' "b" ']]],
    [
      'blank lines, which are skipped',
      '\n\na,b\n\r\n\nc,d\n\n',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    ['a blank cell alone', '""\na', [['a']]],
    ['nothing', '', []],
    ['a byte order mark alone', '\ufeff', []],
  ])('takes %s', (_, text, expected) => {
    expect(cellsOf(text)).toEqual(expected)
  })

  test('numbers each row by the line it begins on', () => {
    expect(linesOf('a\nb\n')).toEqual([1, 2])
    expect(linesOf('\r\na\r\n\r\n"b\r\nb\nb\rb",c\r\nd\r\n')).toEqual([2, 4, 8])
    expect(linesOf('"a\n\n""\n",b\nc')).toEqual([1, 5])
  })

  test('says of a row that its quote is never closed', () => {
    expect([...readCsv('a,"b"\nc,"d\ne,f\n')]).toEqual([
      { line: 1, cells: ['a', 'b'], isUnclosed: false },
      { line: 2, cells: ['c', 'd\ne,f\n'], isUnclosed: true },
    ])
    expect([...readCsv('a,"b""')].map(({ isUnclosed }) => isUnclosed)).toEqual([true])
    expect([...readCsv('a,"')]).toEqual([{ line: 1, cells: ['a', ''], isUnclosed: true }])
  })

  test('gives back what writing made of any cells', () => {
    const cell = fc.stringMatching(/^[a "',;\r\n]{0,6}$/)
    const row = fc.array(cell, { minLength: 2, maxLength: 4 })
    fc.assert(
      fc.property(fc.array(row, { maxLength: 5 }), (rows) => {
        const text = rows.map(csvLine).join('')
        const safe = rows.map((cells) => cells.map((one) => (/^[\r\n]/.test(one) ? `'${one}` : one)))
        expect(cellsOf(text)).toEqual(safe)
        expect([...readCsv(text)].every(({ isUnclosed }) => !isUnclosed)).toBe(true)
      }),
    )
  })

  test('reads any text to its end without breaking', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a",\r\n]{0,20}$/), (text) => {
        const lines = linesOf(text)
        expect(lines).toEqual(lines.toSorted((one, other) => one - other))
      }),
    )
  })
})
