import { randomBytes } from 'node:crypto'
import { Webhook } from 'standardwebhooks'
import { describe, expect, test } from 'vitest'
import { isInboxError } from './inbox-error.ts'
import { type VerifyInput, verify } from './verify.ts'

const aSecret = (bytes = 32) => `whsec_${randomBytes(bytes).toString('base64')}`
const secret = aSecret()
const nowSeconds = 1_764_000_000
const now = () => nowSeconds * 1_000
const body = Buffer.from('{"note":"Usafiri – Kariakoo"}')

function sent(by = secret, atSeconds = nowSeconds): Record<string, string> {
  const signature = new Webhook(by).sign('msg_1', new Date(atSeconds * 1_000), body.toString())
  return { 'webhook-id': 'msg_1', 'webhook-timestamp': String(atSeconds), 'webhook-signature': signature }
}

function codeOf(fields: Partial<VerifyInput>): string {
  try {
    verify({ body, headers: sent(), secrets: [secret], now, ...fields })
    return 'accepted'
  } catch (error) {
    return isInboxError(error) ? error.code : String(error)
  }
}

test.each([24, 32, 64])('accepts what the library of Standard Webhooks signs with %s bytes', (bytes) => {
  const by = aSecret(bytes)
  const bare = by.replace('whsec_', '')
  expect(verify({ body, headers: sent(by), secrets: [by], now })).toEqual({
    id: 'msg_1',
    sentAt: new Date(now()),
  })
  expect(codeOf({ headers: sent(by), secrets: [bare] })).toBe('accepted')
})

test('takes headers in any case, and those of the web', () => {
  const upper = Object.fromEntries(Object.entries(sent()).map(([name, value]) => [name.toUpperCase(), value]))
  expect(codeOf({ headers: upper })).toBe('accepted')
  expect(codeOf({ headers: new Headers(sent()) })).toBe('accepted')
})

test('while a secret is changed, F44, accepts either secret and either signature', () => {
  const next = aSecret()
  expect(codeOf({ secrets: [next, secret] })).toBe('accepted')
  const both = `${sent(next)['webhook-signature']} ${sent()['webhook-signature']}`
  expect(codeOf({ headers: { ...sent(), 'webhook-signature': both } })).toBe('accepted')
  expect(codeOf({ secrets: [next] })).toBe('signature_mismatch')
})

test('a flipped bit in any byte of the body, the id, the time or the signature is refused', () => {
  const flip = (bytes: Buffer, index: number): Buffer => {
    const copy = Buffer.from(bytes)
    copy.writeUInt8(copy.readUInt8(index) ^ 1, index)
    return copy
  }
  for (const index of body.keys()) expect(codeOf({ body: flip(body, index) })).toBe('signature_mismatch')
  for (const [name, value] of Object.entries(sent())) {
    for (const index of value.split('').keys()) {
      const headers = { ...sent(), [name]: flip(Buffer.from(value), index).toString('latin1') }
      expect(codeOf({ headers }), `${name} ${index}`).toMatch(/^(signature_mismatch|timestamp_)/)
    }
  }
})

describe('the time of sending', () => {
  test.each([
    [-301, 'timestamp_too_old'],
    [-300, 'accepted'],
    [300, 'accepted'],
    [301, 'timestamp_too_new'],
  ])('%s seconds from now is %s', (seconds, code) => {
    expect(codeOf({ headers: sent(secret, nowSeconds + seconds) })).toBe(code)
  })

  test('may be held to another tolerance', () => {
    const headers = sent(secret, nowSeconds - 11)
    expect(codeOf({ headers, toleranceSeconds: 10 })).toBe('timestamp_too_old')
    expect(codeOf({ headers, toleranceSeconds: 11 })).toBe('accepted')
  })

  test.each(['1764000000.0', ' 1764000000', '-1', '0x69', 'now', '17640000000000'])(
    '"%s" is no time',
    (time) => {
      expect(codeOf({ headers: { ...sent(), 'webhook-timestamp': time } })).toBe('timestamp_invalid')
    },
  )
})

test.each(['webhook-id', 'webhook-timestamp', 'webhook-signature'])('needs the header %s, once', (name) => {
  expect(codeOf({ headers: { ...sent(), [name]: undefined } })).toBe('header_missing')
  expect(codeOf({ headers: { ...sent(), [name]: '' } })).toBe('header_missing')
  expect(codeOf({ headers: { ...sent(), [name]: [sent()[name] ?? '', 'b'] } })).toBe('header_missing')
  expect(codeOf({ headers: { ...sent(), [name.toUpperCase()]: 'b' } })).toBe('header_missing')
  expect(codeOf({ headers: new Headers() })).toBe('header_missing')
})

test.each([
  ['another version', (signature: string) => signature.replace('v1,', 'v2,')],
  ['no version', (signature: string) => signature.replace('v1,', '')],
  ['half a signature', (signature: string) => signature.slice(0, 20)],
  ['an empty signature', () => 'v1,'],
])('refuses %s', (_name, change) => {
  const headers = { ...sent(), 'webhook-signature': change(sent()['webhook-signature'] ?? '') }
  expect(codeOf({ headers })).toBe('signature_mismatch')
})

test.each([[[]], [['']], [['whsec_']], [['whsec_!!!!']], [[secret, 'nonsense!']]])(
  'says that the secrets %j are none',
  (secrets) => {
    expect(codeOf({ secrets })).toBe('secret_invalid')
  },
)
