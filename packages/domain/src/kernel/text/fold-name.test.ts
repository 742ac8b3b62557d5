import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { foldName } from './fold-name.ts'

const anyText = fc.string({ unit: 'binary', maxLength: 20 })

describe('folding a name', () => {
  it.each([
    ['Travel', 'travel'],
    ['travel', 'travel'],
    ['ＴＲＡＶＥＬ', 'travel'],
    ['Tra\u200bvel', 'travel'],
    [' travel ', 'travel'],
    ['\u202etravel\u202c', 'travel'],
    ['\ufefftra\u2060vel\u00ad', 'travel'],
    ['ΟΔΟΣ', 'οδος'],
    ['οδος', 'οδος'],
    ['οδοσ', 'οδος'],
    ['Straße', 'strasse'],
    ['STRASSE', 'strasse'],
    ['Bus\t\u00a0 \u3000 fare\n', 'bus fare'],
    ['bus\u0085fare', 'bus fare'],
    ['Cafe\u0301', 'café'],
    ['ﬁsh', 'fish'],
    ['①', '1'],
    ['µ', 'μ'],
    ["Ng'ombe", "ng'ombe"],
    ['', ''],
    [' \u200b ', ''],
    ['a\u200b b', 'a b'],
    ['a \u200b b', 'a b'],
    ['ΑΣ\u3164Α', 'ασα'],
    ['e\u200b\u0301', 'é'],
  ])('F68: %j becomes %j', (name, folded) => expect(foldName(name)).toBe(folded))

  it('reads ASCII alone as beside other letters', () => {
    const ascii = fc.string({ unit: 'binary-ascii', maxLength: 12 })
    fc.assert(
      fc.property(ascii, (text) => {
        expect(`${foldName(text)}é`).toBe(foldName(`${text.trimEnd()}É`))
      }),
      { numRuns: 2_000 },
    )
  })

  it('changes nothing the second time', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const folded = foldName(text)
        expect(foldName(folded)).toBe(folded)
      }),
      { numRuns: 2_000 },
    )
  })

  it('settles for every character there is, alone and beside a sigma', () => {
    for (let codePoint = 0; codePoint <= 0x10_ffff; codePoint += codePoint < 0x2_0000 ? 1 : 97) {
      const text = `Σ${String.fromCodePoint(codePoint)}Σ`
      const folded = foldName(text)
      if (foldName(folded) !== folded) throw new Error(`U+${codePoint.toString(16)}`)
    }
  })

  it('does not see case, width, composition or white space around', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const folded = foldName(text)
        expect(foldName(text.normalize('NFD'))).toBe(folded)
        expect(foldName(text.toLowerCase().toUpperCase())).toBe(foldName(text.toUpperCase()))
        expect(foldName(` ${text}\u200b\u3000`)).toBe(folded)
      }),
    )
  })
})
