import type { Random, Secrets } from '@daftari/application'
import { overlay, type Saboteur, type Saboteurs } from './sabotage/overlay.ts'

interface Sealed {
  readonly text: string
  readonly sealed: string
}

function covering(change: (secrets: Secrets, known: readonly Sealed[]) => Partial<Secrets>): Saboteur {
  return (ports) => {
    const known: Sealed[] = []
    const noting = overlay(ports.secrets, {
      seal(text) {
        const sealed = ports.secrets.seal(text)
        known.push({ text, sealed })
        return sealed
      },
    })
    return overlay(ports, { secrets: overlay(noting, change(noting, known)) })
  }
}

/** Takes texts for sealed that only look alike. */
function trusting(isAlike: (given: string, sealed: string) => boolean): Saboteur {
  return covering((secrets, known) => ({
    open: (given) => known.find(({ sealed }) => isAlike(given, sealed))?.text ?? secrets.open(given),
  }))
}

/** Carries the text beside its sealed form, for whoever can read base 64. */
function showing(secrets: Secrets): Secrets {
  const shown = (text: string): string => Buffer.from(text).toString('base64')
  return {
    seal: (text) => `${secrets.seal(text)}~${shown(text)}`,
    open(given) {
      const [sealed = '', ...rest] = given.split('~')
      const text = secrets.open(sealed)
      if (rest.join('~') !== shown(text) || rest.length === 0) throw new Error('the text was altered')
      return text
    },
  }
}

const secrets: Saboteurs = {
  'opens a sealed text of any characters and any length': covering((inner) => ({
    seal: (text) => inner.seal(text.replace(/[^\0-\x7f]/g, '?')),
  })),

  'opens a sealed empty text': covering((inner) => ({
    open(given) {
      const text = inner.open(given)
      if (text === '') throw new RangeError('there is nothing in it')
      return text
    },
  })),

  'does not show the text in the sealed text': covering(showing),

  'seals the same text differently each time': covering((inner, known) => ({
    seal: (text) => known.find((one) => one.text === text)?.sealed ?? inner.seal(text),
  })),

  'throws for a sealed text with one altered character': trusting(
    (given, sealed) =>
      given !== sealed && given.length === sealed.length && given.slice(1) === sealed.slice(1),
  ),

  // The signs that the case of one altered sign tries are left to that case.
  'throws for a sealed text with another last character': trusting(
    (given, sealed) =>
      given.length === sealed.length &&
      given.slice(0, -1) === sealed.slice(0, -1) &&
      !['A', 'B', '-', '.'].includes(given.at(-1) ?? ''),
  ),

  'throws for a sealed text with something appended': trusting(
    (given, sealed) => given !== sealed && given.startsWith(sealed),
  ),

  'throws for a truncated sealed text': trusting((given, sealed) => given === sealed.slice(0, -1)),

  'throws for a text that is not sealed': covering((inner, known) => ({
    open: (given) => (known.length === 0 ? given : inner.open(given)),
  })),
}

function giving(bytes: (random: Random) => Random['bytes']): Saboteur {
  return (ports) => overlay(ports, { random: { bytes: bytes(ports.random) } })
}

/** The first answer to each count. */
function remembered(answer: Random['bytes']): Random['bytes'] {
  const known = new Map<number, Uint8Array>()
  return (count) => {
    const bytes = known.get(count) ?? answer(count)
    known.set(count, bytes)
    return bytes
  }
}

const random: Saboteurs = {
  'gives the requested number of bytes': giving(
    ({ bytes }) =>
      (count) =>
        bytes(Math.max(count, 1)),
  ),

  'gives different bytes at each call': giving(({ bytes }) => {
    const same = remembered(bytes)
    return (count) => same(count).slice()
  }),

  'gives every byte value equally often, at every place': giving(
    ({ bytes }) =>
      (count) =>
        bytes(count).map((byte, index) => (index % 4 === 3 ? byte & 0x7f : byte)),
  ),

  'does not change bytes that it gave before': giving(({ bytes }) => {
    const place = remembered((count) => new Uint8Array(count))
    return (count) => {
      place(count).set(bytes(count))
      return place(count)
    }
  }),
}

export const secretSaboteurs: Saboteurs = { ...secrets, ...random }
