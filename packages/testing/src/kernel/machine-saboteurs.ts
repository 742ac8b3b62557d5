import { createHash } from 'node:crypto'
import type { CursorSigner, Digest, Hashing, Ids } from '@daftari/application'
import { risingIds } from '@daftari/machine'
import { overlay, type Saboteur, type Saboteurs } from './sabotage/overlay.ts'

const SWAPPED_EVERY = 100

function numbering(begin: (next: () => string, ids: Ids) => () => string): Saboteur {
  return (ports) => {
    const next = begin(() => ports.ids.next(), ports.ids)
    return overlay(ports, { ids: { next: <Id extends string>() => next() as Id } })
  }
}

function hashing(change: (hashing: Hashing) => Hashing['sha256']): Saboteur {
  return (ports) => overlay(ports, { hashing: overlay(ports.hashing, { sha256: change(ports.hashing) }) })
}

interface Sealed {
  readonly token: string
  readonly payload: string
  readonly context: string
}

function signing(change: (cursors: CursorSigner, sealed: Sealed[]) => Partial<CursorSigner>): Saboteur {
  return (ports) => {
    const sealed: Sealed[] = []
    const noting = overlay(ports.cursors, {
      seal(payload, context) {
        const token = ports.cursors.seal(payload, context)
        sealed.push({ token, payload, context })
        return token
      },
    })
    return overlay(ports, { cursors: overlay(noting, change(noting, sealed)) })
  }
}

/** Takes tokens for genuine that only look alike. */
function trusting(isAlike: (token: string, sealed: Sealed, context: string) => boolean): Saboteur {
  return signing((cursors, sealed) => ({
    open: (token, context) =>
      cursors.open(token, context) ?? sealed.find((one) => isAlike(token, one, context))?.payload ?? null,
  }))
}

function digesting(change: (digest: Digest) => Digest): Saboteur {
  return (ports) =>
    overlay(ports, { hashing: overlay(ports.hashing, { digest: () => change(ports.hashing.digest()) }) })
}

export const machineSaboteurs: Saboteurs = {
  'hashes bytes in pieces like the same bytes at once': digesting((digest) => {
    let last = new Uint8Array()
    return {
      update(bytes) {
        last = Uint8Array.from(bytes)
      },
      hex() {
        digest.update(last)
        return digest.hex()
      },
    }
  }),

  'reads its clock at every call': (ports) => {
    const now = ports.clock.now()
    return overlay(ports, { clock: { now: () => now } })
  },

  'makes UUIDv7 in lower case': numbering((next) => () => next().toUpperCase()),

  'makes rising ids while the clock stands still': numbering((next) => {
    let count = 0
    let late: string | null = null
    return () => {
      count += 1
      const id = late ?? next()
      late = count % SWAPPED_EVERY === 0 ? id : null
      return late === null ? id : next()
    }
  }),

  'makes rising ids when the clock steps back (F30)': (ports) => {
    const { clock } = ports
    let ids = risingIds(clock)
    let latest = clock.now()
    return numbering(() => () => {
      if (clock.now() < latest) ids = risingIds(clock)
      latest = clock.now()
      return ids.next()
    })(ports)
  },

  'hashes with SHA-256 in lower case hexadecimal': hashing(
    ({ sha256 }) =>
      (text) =>
        sha256(text).toUpperCase(),
  ),

  'hashes the UTF-8 bytes of a text': hashing(
    () => (text) => createHash('sha256').update(text, 'latin1').digest('hex'),
  ),

  'opens a cursor to its payload, whatever characters it has': signing((cursors) => ({
    seal: (payload, context) => cursors.seal(payload.replace(/[^\0-\x7f]/g, '?'), context),
  })),

  'opens an empty cursor': signing((cursors) => ({
    open: (token, context) => cursors.open(token, context) || null,
  })),

  'seals cursors into text that needs no escaping in a URL': signing((cursors) => ({
    seal: (payload, context) => `=${cursors.seal(payload, context)}`,
    open: (token, context) => (token.startsWith('=') ? cursors.open(token.slice(1), context) : null),
  })),

  'opens no cursor with one altered character (F76)': trusting(
    (token, sealed, context) =>
      context === sealed.context &&
      token.length === sealed.token.length &&
      token.slice(0, -1) === sealed.token.slice(0, -1),
  ),

  'opens no truncated cursor (F76)': trusting(
    (token, sealed, context) => context === sealed.context && token === sealed.token.slice(0, -1),
  ),

  'opens no cursor for another context': trusting((token, sealed) => token === sealed.token),
}
