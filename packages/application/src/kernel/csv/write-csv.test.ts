import { expect, test } from 'vitest'
import { csvLine } from './write-csv.ts'

test.each<[string[], string]>([
  [['a', 'b'], 'a,b\r\n'],
  [['a', ''], 'a,\r\n'],
  [['a,b'], '"a,b"\r\n'],
  [['a "b"'], '"a ""b"""\r\n'],
  [['a\nb'], '"a\nb"\r\n'],
  [['a\rb'], '"a\rb"\r\n'],
])('writes %j as %j', (cells, line) => {
  expect(csvLine(cells)).toBe(line)
})

test.each<[string, string]>([
  ['=1+1', "'=1+1"],
  ['+255 700', "'+255 700"],
  ['-5', "'-5"],
  ['@SUM(A1)', "'@SUM(A1)"],
  ['\t=1', "'\t=1"],
  ['\r=1', `"'\r=1"`],
  ['\n=1', `"'\n=1"`],
  ['=HYPERLINK("http://x","y")', `"'=HYPERLINK(""http://x"",""y"")"`],
])('takes the power of a formula from %j', (cell, written) => {
  expect(csvLine(['x', cell])).toBe(`x,${written}\r\n`)
})

test('leaves alone what only contains such a character', () => {
  expect(csvLine(['1=1', 'a+b', 'a-b', 'a@b', ' =1'])).toBe('1=1,a+b,a-b,a@b, =1\r\n')
})
