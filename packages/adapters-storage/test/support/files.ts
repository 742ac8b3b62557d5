import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { ByteRange, DomainErrorCode, FileStore, ReceivedFile } from '@daftari/application'
import { isDomainError } from '@daftari/application'
import type { FileKey } from '@daftari/domain'

export const PDF = 'application/pdf'
export const HOUR_MS: number = 60 * 60 * 1_000

/** So many bytes, the same each time. */
export function someBytes(count: number): Buffer {
  const bytes = Buffer.alloc(count)
  for (let at = 0; at < count; at += 1) bytes[at] = (at * 31 + (at >> 8) * 17) & 0xff
  return bytes
}

export async function received(files: FileStore, bytes: Uint8Array): Promise<ReceivedFile> {
  const file = await files.receive(inPieces(bytes), bytes.length)
  if (file === null) throw new Error('the file is taken for too large')
  return file
}

export async function stored(files: FileStore, bytes: Uint8Array, key: FileKey): Promise<FileKey> {
  await files.put(key, await received(files, bytes), PDF)
  return key
}

export async function bytesUnder(files: FileStore, key: FileKey, range?: ByteRange): Promise<Buffer | null> {
  const pieces = await files.read(key, range)
  return pieces === null ? null : joined(pieces)
}

export async function joined(pieces: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const all: Uint8Array[] = []
  for await (const piece of pieces) all.push(piece)
  return Buffer.concat(all)
}

export async function* inPieces(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 65_536) yield bytes.subarray(at, at + 65_536)
}

/** With which code the attempt is refused, and what caused that. */
export async function refusalOf(
  attempt: Promise<unknown>,
): Promise<{ readonly code: DomainErrorCode | null; readonly cause: unknown; readonly message: string }> {
  const [outcome] = await Promise.allSettled([attempt])
  if (outcome.status === 'fulfilled') throw new Error('this is not refused')
  const failure: unknown = outcome.reason
  const code = isDomainError(failure) ? failure.code : null
  const { message, cause } = failure instanceof Error ? failure : { message: '', cause: null }
  return { code, cause, message }
}

/** Every file below the folder, by its path from there. */
export function filesBelow(folder: string): readonly string[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => !entry.isDirectory())
    .map(({ parentPath, name }) => join(parentPath, name).slice(folder.length + 1))
    .sort()
}
