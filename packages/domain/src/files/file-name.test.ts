import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fileNameOf } from './file-name.ts'
import { FILE_TYPES } from './file-type.ts'

describe('the name of a file', () => {
  test.each([
    ['Risiti Mei.pdf', 'Risiti Mei.pdf'],
    ['RISITI.PDF', 'RISITI.PDF'],
    ['../../etc/passwd', 'passwd.pdf'],
    [String.raw`C:\Users\asha\risiti.pdf`, 'risiti.pdf'],
    ['..%2f..%2fetc%2fpasswd', '%2f..%2fetc%2fpasswd.pdf'],
    ['risiti\u0000.pdf', 'risiti.pdf'],
    ['risiti\u202Efdp.exe', 'risitifdp.exe.pdf'],
    ['risiti\u200B\uFEFF.pdf', 'risiti.pdf'],
    ['-rf.pdf', 'rf.pdf'],
    ['.htaccess', 'htaccess.pdf'],
    ['CON', '_CON.pdf'],
    ['nul.pdf', '_nul.pdf'],
    ['com1.tar.pdf', '_com1.tar.pdf'],
    ['a<b>:"c|d?e*.pdf', 'a_b___c_d_e_.pdf'],
    ['a\r\nSet-Cookie: x.pdf', 'aSet-Cookie_ x.pdf'],
    ['Cafe\u0301.pdf', 'Café.pdf'],
    ['a \u00A0\t b.pdf', 'a b.pdf'],
    ['\uD800.pdf', '\uFFFD.pdf'],
    ['', 'file.pdf'],
    ['.pdf', 'pdf.pdf'],
    ['/', 'file.pdf'],
    ['…', '….pdf'],
    ['   .  . ', 'file.pdf'],
    ['invoice.html', 'invoice.html.pdf'],
  ])('F59 of %j is %j', (given, kept) => {
    expect(fileNameOf(given, 'application/pdf')).toBe(kept)
  })

  test.each([
    ['a.jpeg', 'image/jpeg', 'a.jpeg'],
    ['a.png', 'image/jpeg', 'a.png.jpg'],
    ['a.tif', 'image/tiff', 'a.tif'],
    ['a', 'application/xml', 'a.xml'],
  ] as const)('F59 of %j with the content of %s is %j', (given, type, kept) => {
    expect(fileNameOf(given, type)).toBe(kept)
  })

  test('F59 of 300 bytes is cut between characters, and keeps its extension', () => {
    expect(fileNameOf(`${'é'.repeat(150)}.pdf`, 'application/pdf')).toBe(`${'é'.repeat(125)}.pdf`)
    expect(fileNameOf(`${'x'.repeat(100_000)}.pdf`, 'application/pdf')).toBe(`${'x'.repeat(251)}.pdf`)
  })

  test('F59 of anything is short, visible, no path, and stays as it is when it is cleaned again', () => {
    const type = fc.constantFrom(...FILE_TYPES)
    const given = fc.oneof(fc.string({ unit: 'binary', maxLength: 300 }), fc.string({ unit: 'grapheme' }))
    fc.assert(
      fc.property(given, type, (text, kind) => {
        const name = fileNameOf(text, kind)
        expect(new TextEncoder().encode(name).length).toBeLessThanOrEqual(255)
        expect(name).toMatch(/^[^/\\<>:"|?*]+\.[a-z]+$/i)
        expect(name).not.toMatch(/[\p{Cc}\p{Cs}\p{Bidi_Control}\p{Default_Ignorable_Code_Point}]/u)
        expect(name).not.toMatch(/^[-. ]/)
        expect(fileNameOf(name, kind)).toBe(name)
      }),
      { numRuns: 2_000 },
    )
  })
})
