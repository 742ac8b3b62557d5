import { type FileHandle, open, unlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { DomainError } from '@daftari/application'
import { WireRefusal } from '../problem/wire-refusal.ts'
import type { SenderPace } from './sender-limits.ts'

/** A text up to this size is held in memory. */
const HELD_BYTES = 1024 * 1024
const PIECE_BYTES = 64 * 1024

/** A received text, either whole or as pieces that can be read several times. */
export interface SpooledText {
  readonly text: string | (() => AsyncIterable<string>)
  /** Deletes the pieces. They cannot be read afterwards. */
  discard(): Promise<void>
}

/**
 * Receives the whole text before it is used, so that no transaction waits for a slow client. A large text is written to
 * an unlinked temporary file, which disappears with the process.
 * @throws too_large, validation_failed (a text in memory is not UTF-8), invalid_header (the body ended early),
 * request_timeout, storage_full
 */
export async function spoolText(sent: Readable, mostBytes: number, pace: SenderPace): Promise<SpooledText> {
  const held: Uint8Array[] = []
  let size = 0
  let file: FileHandle | null = null
  try {
    // Leaving early must not destroy the connection, because the refusal is still to be sent on it.
    for await (const bytes of pace.watch(sent.iterator({ destroyOnReturn: false }))) {
      size += bytes.length
      if (size > mostBytes) {
        throw new WireRefusal('too_large', `The text is larger than ${mostBytes} bytes.`)
      }
      held.push(bytes)
      if (size <= HELD_BYTES) continue
      file ??= await openNameless()
      for (const piece of held.splice(0)) await file.appendFile(piece)
    }
    if (file === null) return { text: decoded(Buffer.concat(held)), discard: async () => {} }
  } catch (error) {
    await file?.close()
    throw refusalOf(error)
  }
  const spooled = file
  return { text: () => piecesOf(spooled), discard: () => spooled.close() }
}

async function openNameless(): Promise<FileHandle> {
  const path = join(tmpdir(), `daftari-${crypto.randomUUID()}`)
  const file = await open(path, 'wx+', 0o600)
  await unlink(path)
  return file
}

/** A full disk and a client that went away are refusals, not internal errors. */
function refusalOf(error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : null
  if (code === 'ENOSPC') return new DomainError('storage_full', {}, { cause: error })
  if (code !== 'ECONNRESET') return error
  return new WireRefusal('invalid_header', 'The body ended before all of it had arrived.', { cause: error })
}

async function* piecesOf(file: FileHandle): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  const bytes = Buffer.allocUnsafe(PIECE_BYTES)
  for (let at = 0; ; ) {
    const { bytesRead } = await file.read(bytes, 0, PIECE_BYTES, at)
    yield decoded(bytes.subarray(0, bytesRead), decoder, bytesRead > 0)
    if (bytesRead === 0) return
    at += bytesRead
  }
}

function decoded(
  bytes: Uint8Array,
  decoder = new TextDecoder('utf-8', { fatal: true }),
  goesOn = false,
): string {
  try {
    return decoder.decode(bytes, { stream: goesOn })
  } catch (cause) {
    const detail = 'the text is not UTF-8'
    const errors = [{ pointer: '', code: 'text_invalid', detail }] as const
    throw new DomainError('validation_failed', { errors }, { cause })
  }
}
