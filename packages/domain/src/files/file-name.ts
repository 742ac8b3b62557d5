import { unicodePattern } from '../kernel/text/unicode-pattern.ts'
import type { FileType } from './file-type.ts'

/** The first of each is the one that is added. */
const extensions: Readonly<Record<FileType, readonly [string, ...string[]]>> = {
  'application/pdf': ['.pdf'],
  'image/png': ['.png'],
  'image/jpeg': ['.jpg', '.jpeg'],
  'image/webp': ['.webp'],
  'image/tiff': ['.tiff', '.tif'],
  'application/xml': ['.xml'],
}

const MAX_BYTES = 255
/** Of what is looked at: the rest of a longer text cannot change the name much and may be long. */
const MAX_UNITS = 4_096

const hidden = unicodePattern(
  String.raw`[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Bidi_Control}\p{Default_Ignorable_Code_Point}]`,
  'gu',
)
const whiteSpace = unicodePattern(String.raw`[\s\p{White_Space}]+`, 'gu')
const notAllowed = /[<>:"|?*]/g
/** Leading dots hide a file, leading dashes look like options, and some systems drop dots and spaces at the end. */
const edges = /^[-. ]+|[. ]+$/g
const deviceName = /^(con|prn|aux|nul|com\d|lpt\d)$/i

/**
 * The name under which a file is kept and handed out: the last part of what the sender called it, without characters
 * that hide something or that a file system refuses, at most 255 bytes of UTF-8, and with an extension of its type.
 * It is a text and never a path: files lie under keys.
 */
export function fileNameOf(given: string, type: FileType): string {
  const [extension, ...others] = extensions[type]
  const cleaned = cleanedName(given.slice(-MAX_UNITS))
  const known = [extension, ...others].find((one) => cleaned.toLowerCase().endsWith(one))
  const stem = (known === undefined ? cleaned : cleaned.slice(0, -known.length)).replace(edges, '')
  const ending = known === undefined ? extension : cleaned.slice(-known.length)
  return `${shortened(safeStem(stem), MAX_BYTES - ending.length)}${ending}`
}

function cleanedName(given: string): string {
  const last = given.split(/[/\\]/).at(-1) ?? ''
  return last
    .toWellFormed()
    .replace(hidden(), '')
    .normalize('NFC')
    .replace(notAllowed, '_')
    .replace(whiteSpace(), ' ')
    .replace(edges, '')
}

function safeStem(stem: string): string {
  if (stem === '') return 'file'
  const [first = ''] = stem.split('.')
  return deviceName.test(first.trim()) ? `_${stem}` : stem
}

/** As many whole characters as fit. */
function shortened(text: string, maxBytes: number): string {
  let kept = ''
  let bytes = 0
  for (const character of text) {
    bytes += bytesOf(character)
    if (bytes > maxBytes) break
    kept += character
  }
  return kept.trimEnd()
}

function bytesOf(character: string): number {
  const code = character.codePointAt(0) ?? 0
  if (code < 0x80) return 1
  if (code < 0x800) return 2
  return code < 0x10000 ? 3 : 4
}
