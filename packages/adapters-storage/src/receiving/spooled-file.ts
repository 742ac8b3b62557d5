import { createHash } from 'node:crypto'
import { type FileHandle, rm } from 'node:fs/promises'
import type { ReceivedFile } from '@daftari/application'
import { FILE_HEAD_BYTES } from '@daftari/domain'
import { readPart } from './read-part.ts'

/** Bytes in a file of their own, until they are stored or discarded. */
export class SpooledFile implements ReceivedFile {
  sizeBytes = 0
  sha256 = ''
  head: Uint8Array = new Uint8Array()
  readonly #handle: FileHandle
  readonly #letGo: () => void
  /** Where the file lies; `null` once it has no name there any more. */
  #path: string | null
  #isOpen = true

  constructor(handle: FileHandle, path: string, letGo: () => void) {
    this.#handle = handle
    this.#path = path
    this.#letGo = letGo
  }

  /** Writes the pieces; `false` when they are more than the limit, and then nothing is left of them. */
  async fill(pieces: AsyncIterable<Uint8Array>, limitBytes: number): Promise<boolean> {
    try {
      const isWithin = await this.#write(pieces, limitBytes)
      if (isWithin) this.head = await this.#firstBytes()
      else await this.discard()
      return isWithin
    } catch (failure) {
      await this.discard()
      throw failure
    }
  }

  read(): AsyncIterable<Uint8Array> {
    if (!this.#isOpen) throw new Error('the bytes were stored or discarded')
    return readPart(this.#handle, { offset: 0, length: this.sizeBytes })
  }

  /** Whether the file can be given another place. */
  get hasName(): boolean {
    return this.#isOpen && this.#path !== null
  }

  /** Waits until the bytes would survive a loss of power. */
  sync(): Promise<void> {
    return this.#handle.sync()
  }

  /** Gives the file another place, by `move`, which is told where it lies. */
  async moveTo(move: (path: string) => Promise<void>): Promise<void> {
    if (this.#path === null) throw new Error('the bytes have been given their place')
    await move(this.#path)
    this.#path = null
    this.#letGo()
  }

  async removeName(): Promise<void> {
    if (this.#path === null) return
    await rm(this.#path, { force: true })
    this.#path = null
    this.#letGo()
  }

  async discard(): Promise<void> {
    if (!this.#isOpen) return
    this.#isOpen = false
    await this.#handle.close()
    await this.removeName()
    this.#letGo()
  }

  async #write(pieces: AsyncIterable<Uint8Array>, limitBytes: number): Promise<boolean> {
    const hash = createHash('sha256')
    let sizeBytes = 0
    for await (const piece of pieces) {
      if (sizeBytes + piece.length > limitBytes) return false
      // Hashed while the system writes: both take their time.
      const written = this.#writeAll(piece, sizeBytes)
      hash.update(piece)
      await written
      sizeBytes += piece.length
    }
    this.sizeBytes = sizeBytes
    this.sha256 = hash.digest('hex')
    return true
  }

  async #writeAll(piece: Uint8Array, position: number): Promise<void> {
    for (let at = 0; at < piece.length; ) {
      const { bytesWritten } = await this.#handle.write(piece, at, piece.length - at, position + at)
      at += bytesWritten
    }
  }

  async #firstBytes(): Promise<Uint8Array> {
    const head = new Uint8Array(Math.min(this.sizeBytes, FILE_HEAD_BYTES))
    let at = 0
    for await (const piece of readPart(this.#handle, { offset: 0, length: head.length })) {
      head.set(piece, at)
      at += piece.length
    }
    return head
  }
}
