import { describe, expect, it } from 'vitest'
import { hmacCursorSigner } from './hmac-cursor-signer.ts'

const signs = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.=+/ '
const cursors = hmacCursorSigner(new Uint8Array(32).fill(7))
const payload = JSON.stringify(['2026-11-21', '01a1fd91-d8b8-773f-bedd-d66d81465630', 'Müller 🚜'])
const token = cursors.seal(payload, 'a list')

describe('hmacCursorSigner', () => {
  it('opens what it sealed, whatever the signs', () => {
    expect(cursors.open(token, 'a list')).toBe(payload)
    expect(cursors.open(cursors.seal('', ''), '')).toBe('')
  })

  it('makes tokens that a URL can carry as they are', () => {
    expect(token).toMatch(/^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]{43}$/)
  })

  it('opens no token of which any one sign was replaced by any other (F76)', () => {
    for (let index = 0; index < token.length; index += 1) {
      for (const sign of signs) {
        const forged = `${token.slice(0, index)}${sign}${token.slice(index + 1)}`
        if (forged !== token) expect(cursors.open(forged, 'a list'), forged).toBeNull()
      }
    }
  })

  it('opens no token into which a sign was put, or from which one was taken (F76)', () => {
    for (let index = 0; index <= token.length; index += 1) {
      const longer = ['A', '.', '=', ' '].map((sign) => token.slice(0, index) + sign + token.slice(index))
      for (const forged of longer) expect(cursors.open(forged, 'a list'), forged).toBeNull()
      const shorter = token.slice(0, index) + token.slice(index + 1)
      if (shorter !== token) expect(cursors.open(shorter, 'a list'), shorter).toBeNull()
    }
  })

  it('opens no token that was cut at either end (F76)', () => {
    for (let length = 0; length < token.length; length += 1) {
      expect(cursors.open(token.slice(0, length), 'a list')).toBeNull()
      expect(cursors.open(token.slice(token.length - length), 'a list')).toBeNull()
    }
  })

  it('opens no token for another context, also where payload and context run together', () => {
    expect(cursors.open(token, 'another list')).toBeNull()
    expect(cursors.open(token, '')).toBeNull()
    const [body = ''] = cursors.seal('ab', 'c').split('.')
    const [, signed = ''] = cursors.seal('a', 'bc').split('.')
    expect(cursors.open(`${body}.${signed}`, 'c')).toBeNull()
  })

  it('opens no token that was sealed with another key', () => {
    expect(hmacCursorSigner(new Uint8Array(32).fill(8)).open(token, 'a list')).toBeNull()
  })
})
