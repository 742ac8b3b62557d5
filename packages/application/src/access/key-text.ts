import type { Random } from '../kernel/ports.ts'

const KEY_BYTES = 32
const KEY_TEXT = /^dft_[A-Za-z0-9_-]{43}$/
const BASE64URL = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

/** A new key with 256 random bits. So many bits cannot be guessed, so a plain hash without salt is enough. */
export function newKeyText(random: Random): string {
  return `dft_${base64url(random.bytes(KEY_BYTES))}`
}

/** Whether the text has the form of a key. A text of another form is refused without a query. */
export function isKeyText(text: unknown): text is string {
  return typeof text === 'string' && KEY_TEXT.test(text)
}

function base64url(bytes: Uint8Array): string {
  let text = ''
  let held = 0
  let heldBits = 0
  for (const byte of bytes) {
    held = (held << 8) | byte
    for (heldBits += 8; heldBits >= 6; heldBits -= 6) text += BASE64URL[(held >> (heldBits - 6)) & 63]
    held &= 63
  }
  return heldBits === 0 ? text : text + BASE64URL[(held << (6 - heldBits)) & 63]
}
