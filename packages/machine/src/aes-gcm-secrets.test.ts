import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { aesGcmSecrets } from './aes-gcm-secrets.ts'

const secrets = aesGcmSecrets(new Uint8Array(32).fill(7))

describe('sealed texts', () => {
  test('open as what was sealed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => secrets.open(secrets.seal(text)) === text),
    )
  })

  test('hide the text, and differ each time', () => {
    const sealed = [secrets.seal('dft_siri'), secrets.seal('dft_siri')]
    expect(new Set(sealed).size).toBe(2)
    for (const one of sealed) {
      expect(one).not.toContain('siri')
      expect(Buffer.from(one.slice(3), 'base64url').toString('latin1')).not.toContain('siri')
    }
  })

  test('do not open when any one bit is changed', () => {
    const bytes = Buffer.from(secrets.seal('siri').slice(3), 'base64url')
    for (let bit = 0; bit < bytes.length * 8; bit += 1) {
      const altered = Buffer.from(bytes)
      altered[bit >> 3] = (altered[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      expect(() => secrets.open(`v1.${altered.toString('base64url')}`)).toThrow()
    }
  })

  test.each(['s', 'si', 'sir'])('do not open in another spelling of the same bytes: %s', (text) => {
    const sealed = secrets.seal(text)
    const signs = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
    for (const sign of signs) {
      if (sign !== sealed.at(-1)) expect(() => secrets.open(sealed.slice(0, -1) + sign)).toThrow()
      expect(() => secrets.open(sealed + sign)).toThrow()
    }
    for (const behind of ['=', '==', '.', ' ', '\n']) expect(() => secrets.open(sealed + behind)).toThrow()
  })

  test('do not open when cut, were it to nothing', () => {
    const sealed = secrets.seal('siri')
    for (let length = 0; length < sealed.length; length += 1) {
      expect(() => secrets.open(sealed.slice(0, length))).toThrow()
    }
  })

  test('do not open under another key', () => {
    const others = aesGcmSecrets(new Uint8Array(32).fill(8))
    expect(() => others.open(secrets.seal('siri'))).toThrow()
  })

  test('do not open under the name of another form', () => {
    expect(() => secrets.open(secrets.seal('siri').replace('v1.', 'v2.'))).toThrow('is not a sealed text')
  })

  test('are told from texts in clear', () => {
    expect(() =>
      secrets.open(JSON.stringify({ id: 'a text long enough to hold a nonce and a tag' })),
    ).toThrow('the text is not a sealed text')
  })

  test.each([0, 16, 31, 33])('are not made with a key of %i bytes', (length) => {
    expect(() => aesGcmSecrets(new Uint8Array(length))).toThrow(RangeError)
  })
})
