import { type FileKey, parseFileKey } from '@daftari/domain'

export function asKey(text: string): FileKey {
  if (!isKey(text)) throw new RangeError(`"${text}" is not the key of a file`)
  return text
}

function isKey(text: string): text is FileKey {
  return parseFileKey(text) !== null
}
