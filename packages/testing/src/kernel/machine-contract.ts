import assert from 'node:assert/strict'
import type { Ports } from '@daftari/application'
import type { Contract } from './contract.ts'

const V7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/
const URL_SAFE = /^[A-Za-z0-9._~-]+$/
const payload = JSON.stringify(['Müller — 🚜', '01a1fd91-d8b8-773f-bedd-d66d81465630'])

/** Another sign at each place, one at a time. */
export function* altered(token: string): Generator<string> {
  for (let index = 0; index < token.length; index += 1) {
    for (const sign of ['A', 'B', '-', '.']) {
      if (token[index] !== sign) yield `${token.slice(0, index)}${sign}${token.slice(index + 1)}`
    }
  }
}

/** Clock, ids, hashes and cursors. */
export const machineContract: Contract<Pick<Ports, 'clock' | 'ids' | 'hashing' | 'cursors'>> = {
  name: 'machine',
  cases: [
    {
      name: 'reads its clock at every call',
      async run({ ports, clock }) {
        assert.equal(ports.clock.now(), clock.now())
        clock.advance(1)
        assert.equal(ports.clock.now(), clock.now())
      },
    },
    {
      name: 'makes UUIDv7 in lower case',
      async run({ ports }) {
        for (let count = 0; count < 20; count += 1) assert.match(ports.ids.next(), V7)
      },
    },
    {
      name: 'makes rising ids while the clock stands still',
      async run({ ports }) {
        const ids = Array.from({ length: 500 }, () => ports.ids.next())
        assert.deepEqual(ids, [...new Set(ids)].sort())
      },
    },
    {
      name: 'makes rising ids when the clock steps back (F30)',
      async run({ ports, clock }) {
        const before = ports.ids.next()
        clock.advance(-3_600_000)
        assert.ok(ports.ids.next() > before)
      },
    },
    {
      name: 'hashes with SHA-256 in lower case hexadecimal',
      async run({ ports }) {
        const expected = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'
        assert.equal(ports.hashing.sha256('abc'), expected)
      },
    },
    {
      name: 'hashes the UTF-8 bytes of a text',
      async run({ ports }) {
        const expected = '4a99557e4033c3539de2eb65472017cad5f9557f7a0625a09f1c3f6e2ba69c4c'
        assert.equal(ports.hashing.sha256('é').toLowerCase(), expected)
      },
    },
    {
      name: 'hashes bytes in pieces like the same bytes at once',
      async run({ ports }) {
        const digest = ports.hashing.digest()
        for (const text of ['a', '', 'bc']) digest.update(new TextEncoder().encode(text))
        const expected = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'
        assert.equal(digest.hex(), expected)
      },
    },
    {
      name: 'opens a cursor to its payload, whatever characters it has',
      async run({ ports: { cursors } }) {
        assert.equal(cursors.open(cursors.seal(payload, 'a list'), 'a list'), payload)
      },
    },
    {
      name: 'opens an empty cursor',
      async run({ ports: { cursors } }) {
        assert.equal(cursors.open(cursors.seal('', 'a list'), 'a list'), '')
      },
    },
    {
      name: 'seals cursors into text that needs no escaping in a URL',
      async run({ ports: { cursors } }) {
        for (let count = 0; count < 20; count += 1) {
          assert.match(cursors.seal(`${count} ???>>> 🚜`, 'a list'), URL_SAFE)
        }
      },
    },
    {
      name: 'opens no cursor with one altered character (F76)',
      async run({ ports: { cursors } }) {
        const token = cursors.seal('[1]', 'a list')
        for (const forged of altered(token)) assert.equal(cursors.open(forged, 'a list'), null, forged)
      },
    },
    {
      name: 'opens no truncated cursor (F76)',
      async run({ ports: { cursors } }) {
        const token = cursors.seal('[1]', 'a list')
        for (let length = 0; length < token.length; length += 1) {
          assert.equal(cursors.open(token.slice(0, length), 'a list'), null)
        }
      },
    },
    {
      name: 'opens no cursor for another context',
      async run({ ports: { cursors } }) {
        const token = cursors.seal('[1]', 'a list')
        assert.equal(cursors.open(token, 'another list'), null)
        assert.equal(cursors.open(token, ''), null)
      },
    },
  ],
}
