import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { FILE_HEAD_BYTES, FILE_TYPES, fileTypeOf } from './file-type.ts'
import { scanUtf8 } from './scan-utf8.ts'

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const latin = (text: string): Uint8Array => Uint8Array.from(text, (sign) => sign.charCodeAt(0))

const samples: readonly (readonly [string, string, Uint8Array])[] = [
  ['application/pdf', 'a PDF', latin('%PDF-1.7\n%\xe2\xe3\xcf\xd3')],
  ['image/png', 'a PNG', latin('\x89PNG\r\n\x1a\n\0\0\0\rIHDR')],
  ['image/jpeg', 'a JPEG', latin('\xff\xd8\xff\xe0\0\x10JFIF')],
  ['image/webp', 'a WebP', latin('RIFF\x24\0\0\0WEBPVP8 ')],
  ['image/tiff', 'a little-endian TIFF', latin('II*\0\x08\0\0\0')],
  ['image/tiff', 'a big-endian TIFF', latin('MM\0*\0\0\0\x08')],
  ['application/xml', 'XML', bytes('<?xml version="1.0" encoding="UTF-8"?>\n<Invoice/>')],
  ['application/xml', 'XML without a declaration', bytes('<rsm:CrossIndustryInvoice xmlns:rsm="urn:x">')],
  ['application/xml', 'XML with a byte order mark', bytes('\ufeff<Ankara>Müller</Ankara>')],
  ['application/xml', 'XML behind a comment', bytes('<?xml version="1.0"?><!-- <svg> -->\r\n<?a b?>\t<a>')],
  ['application/xml', 'a root that only begins as another', bytes('<svgs/>')],
]

describe('the kind of a file', () => {
  test.each(samples)('is %s for %s', (type, _, head) => {
    expect(fileTypeOf(head)).toBe(type)
  })

  test('is told for every kind that is taken', () => {
    expect([...new Set(samples.map(([type]) => type))].sort()).toEqual([...FILE_TYPES].sort())
  })

  test.each([
    ['nothing', bytes('')],
    ['text', bytes('Risiti')],
    ['HTML', bytes('<!DOCTYPE html><html>')],
    ['HTML without a document type', bytes('<html><script>')],
    ['XHTML', bytes('<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml">')],
    ['XHTML with a prefix', bytes('<h:HTML xmlns:h="http://www.w3.org/1999/xhtml">')],
    ['SVG', bytes('<svg onload="alert(1)">')],
    ['SVG with a prefix', bytes('<?xml version="1.0"?>\n<s:svg xmlns:s="http://www.w3.org/2000/svg">')],
    ['XML with a document type', bytes('<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>')],
    ['XML with a document type behind a comment', bytes('<!-- a --><!DOCTYPE a><a>')],
    ['XML that says it is in another encoding', bytes(`<?xml version="1.0" encoding='ISO-8859-1'?><a/>`)],
    ['XML in UTF-16', latin('\xff\xfe<\0a\0/\0>\0')],
    ['XML in Latin-1', latin('<M\xfcller/>')],
    ['XML with NUL', bytes('<a>\0</a>')],
    ['XML whose declaration does not come first', bytes(' <?xml version="1.0"?><a/>')],
    ['XML whose root lies behind the head', bytes(`<!-- ${'x'.repeat(FILE_HEAD_BYTES)} --><a/>`)],
    ['a root that never ends', bytes(`<${'a'.repeat(FILE_HEAD_BYTES)}`)],
    ['an end without a beginning', bytes('</a>')],
    ['a PDF behind something else', latin('\n%PDF-1.7')],
    ['a PNG cut off', latin('\x89PNG\r\n')],
    ['another RIFF', latin('RIFF\x24\0\0\0WAVEfmt ')],
    ['a GIF', latin('GIF89a')],
    ['a ZIP', latin('PK\x03\x04')],
    ['a program', latin('\x7fELF')],
    ['a script', bytes('#!/bin/sh\n')],
  ])('is none for %s', (_, head) => {
    expect(fileTypeOf(head)).toBeNull()
  })

  test('is told from any bytes without failing', () => {
    fc.assert(fc.property(fc.uint8Array(), (head) => [null, ...FILE_TYPES].includes(fileTypeOf(head))))
  })

  test('is told of XML whose head ends within a character', () => {
    const text = bytes(`<a>${'ü'.repeat(FILE_HEAD_BYTES)}`)
    for (const length of [FILE_HEAD_BYTES, FILE_HEAD_BYTES + 1]) {
      expect(fileTypeOf(text.slice(0, length))).toBe('application/xml')
    }
    expect(fileTypeOf(text.slice(0, 4))).toBeNull()
  })
})

describe('UTF-8', () => {
  test('is read as the platform reads it', () => {
    const strict = (given: Uint8Array): string | null => {
      try {
        return new TextDecoder('utf-8', { fatal: true }).decode(given)
      } catch {
        return null
      }
    }
    const texts = fc.string({ unit: 'binary' }).map(bytes)
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array(), texts), (given) => scanUtf8(given, false) === strict(given)),
    )
    for (const given of [
      latin('\xc0\xaf'),
      latin('\xed\xa0\x80'),
      latin('\xf4\x90\x80\x80'),
      latin('\x80'),
    ]) {
      expect(scanUtf8(given, true)).toBeNull()
    }
  })
})
