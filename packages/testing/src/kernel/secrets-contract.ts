import assert from 'node:assert/strict'
import type { Ports } from '@daftari/application'
import type { Contract } from './contract.ts'
import { altered } from './machine-contract.ts'

const secret = JSON.stringify({ key: 'dft_siri-ya-Müller — 🚜', more: '\u0000\n"' })

/** In base 64 the last sign may stand for fewer bits than it could, so that several mean the same. */
const SIGNS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

/** The text, and whatever the parts of it that may be written in base 64 or 16 stand for. */
function readings(text: string): string[] {
  const parts = text.split(/[^A-Za-z0-9+/=_-]+/)
  return [
    text,
    ...parts.map((part) => Buffer.from(part, 'base64').toString()),
    ...parts.map((part) => Buffer.from(part, 'hex').toString()),
  ]
}

/** What is read again but kept from whoever sees the store. */
export const secretsContract: Contract<Pick<Ports, 'secrets'>> = {
  name: 'secrets',
  cases: [
    {
      name: 'opens a sealed text of any characters and any length',
      async run({ ports: { secrets } }) {
        for (const text of [secret, 'x', secret.repeat(500)]) {
          assert.equal(secrets.open(secrets.seal(text)), text)
        }
      },
    },
    {
      name: 'opens a sealed empty text',
      async run({ ports: { secrets } }) {
        assert.equal(secrets.open(secrets.seal('')), '')
      },
    },
    {
      name: 'does not show the text in the sealed text',
      async run({ ports: { secrets } }) {
        for (const reading of readings(secrets.seal(secret))) assert.equal(reading.includes('siri'), false)
      },
    },
    {
      name: 'seals the same text differently each time',
      async run({ ports: { secrets } }) {
        const sealed = Array.from({ length: 20 }, () => secrets.seal(secret))
        assert.equal(new Set(sealed).size, sealed.length)
      },
    },
    {
      name: 'throws for a sealed text with one altered character',
      async run({ ports: { secrets } }) {
        for (const forged of altered(secrets.seal('siri'))) assert.throws(() => secrets.open(forged), forged)
      },
    },
    {
      name: 'throws for a sealed text with another last character',
      async run({ ports: { secrets } }) {
        for (const sealed of ['s', 'si', 'sir'].map((text) => secrets.seal(text))) {
          for (const sign of SIGNS.replace(sealed.at(-1) ?? '', '')) {
            assert.throws(() => secrets.open(sealed.slice(0, -1) + sign), sign)
          }
        }
      },
    },
    {
      name: 'throws for a sealed text with something appended',
      async run({ ports: { secrets } }) {
        for (const sealed of ['s', 'si', 'sir'].map((text) => secrets.seal(text))) {
          for (const behind of ['A', 'AAAA', '=', '.', ' '])
            assert.throws(() => secrets.open(sealed + behind))
        }
      },
    },
    {
      name: 'throws for a truncated sealed text',
      async run({ ports: { secrets } }) {
        const sealed = secrets.seal('siri')
        for (let length = 0; length < sealed.length; length += 1) {
          assert.throws(() => secrets.open(sealed.slice(0, length)))
        }
      },
    },
    {
      name: 'throws for a text that is not sealed',
      async run({ ports: { secrets } }) {
        for (const text of [secret, secret.repeat(9), 'siri']) assert.throws(() => secrets.open(text))
      },
    },
  ],
}
