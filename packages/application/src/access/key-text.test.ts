import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isKeyText, newKeyText } from './key-text.ts'

test('a key is 32 random bytes in base64url behind its prefix', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), (bytes) => {
      const asked: number[] = []
      const random = {
        bytes(count: number) {
          asked.push(count)
          return bytes
        },
      }
      const text = newKeyText(random)
      expect(text).toBe(`dft_${Buffer.from(bytes).toString('base64url')}`)
      expect(asked).toEqual([32])
      expect(isKeyText(text)).toBe(true)
    }),
  )
})

const body = 'A'.repeat(43)

test.each([
  '',
  'dft_',
  body,
  `dft_${body}A`,
  `dft_${body.slice(1)}`,
  `dft_${body}\n`,
  ` dft_${body}`,
  `DFT_${body}`,
  `dft_${body.slice(1)}+`,
  `dft_${body.slice(1)}é`,
  undefined,
  null,
  42,
])('%j is no key', (text) => {
  expect(isKeyText(text)).toBe(false)
})
