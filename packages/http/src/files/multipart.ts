import { DomainError } from '@daftari/application'
import multipart, { type Multipart, type MultipartFile } from '@fastify/multipart'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { SenderPace } from '../endpoint/sender-limits.ts'
import { WireRefusal } from '../problem/wire-refusal.ts'

/** A file on its way in. */
export interface SentFile {
  /** As the sender calls it. */
  readonly fileName: string
  /** Its bytes. After the last, the rest of the form is read, which must hold nothing else. */
  readonly content: AsyncIterable<Uint8Array>
}

const FIELD = 'file'
const FORM = 'multipart/form-data'

/** One file and nothing else; one more of each is let through, so that it can be refused by its name. */
const limits = {
  files: 2,
  fields: 1,
  parts: 3,
  fieldNameSize: 100,
  fieldSize: 1_024,
  headerPairs: 100,
  // How large a file may be is decided where its bytes are counted.
  fileSize: Number.MAX_SAFE_INTEGER,
}

/**
 * From here on, this instance takes forms, and of the host whatever it takes else. A second registration of the parser
 * fails the start, so where the host has one, that one is used, with our limits.
 */
export async function takeForms(instance: FastifyInstance): Promise<void> {
  instance.removeContentTypeParser(['application/json', 'text/plain'])
  if (!instance.hasContentTypeParser(FORM)) await instance.register(multipart)
}

/** The one file of the form. @throws unsupported_type, malformed_multipart, validation_failed, request_timeout */
export async function sentFile(request: FastifyRequest, pace: SenderPace): Promise<SentFile> {
  const type = request.headers['content-type'] ?? ''
  if (!type.toLowerCase().startsWith(FORM)) {
    throw new WireRefusal('unsupported_type', `Send ${FORM} with the file in the field ${FIELD}.`)
  }
  if (request.body !== undefined && request.body !== null) {
    throw new Error(
      'The host reads forms before we can: register @fastify/multipart without attachFieldsToBody',
    )
  }
  const parts = partsOf(request)
  const part = await nextOf(parts, pace)
  if (part === null) throw missing()
  if (part.type !== 'file' || part.fieldname !== FIELD) throw unexpected(part)
  return { fileName: part.filename ?? '', content: bytesOf(part, parts, pace) }
}

function partsOf(request: FastifyRequest): AsyncIterator<Multipart> {
  try {
    return request.parts({ limits })[Symbol.asyncIterator]()
  } catch (error) {
    throw malformed(error)
  }
}

async function nextOf(parts: AsyncIterator<Multipart>, pace: SenderPace): Promise<Multipart | null> {
  try {
    const { done, value } = await pace.waitFor(parts.next())
    return done ? null : value
  } catch (error) {
    throw malformed(error)
  }
}

async function* bytesOf(
  part: MultipartFile,
  parts: AsyncIterator<Multipart>,
  pace: SenderPace,
): AsyncGenerator<Uint8Array> {
  try {
    // Leaving early must not destroy the connection, because the refusal is still to be sent on it.
    yield* pace.watch(part.file.iterator({ destroyOnReturn: false }))
  } catch (error) {
    throw malformed(error)
  } finally {
    part.file.resume()
  }
  // A form that breaks off or holds more is refused while nothing of it is stored yet.
  const next = await nextOf(parts, pace)
  if (next !== null) throw unexpected(next)
}

function missing(): DomainError<'validation_failed'> {
  const detail = `send the file in the field ${FIELD}`
  return new DomainError('validation_failed', {
    errors: [{ pointer: `/${FIELD}`, code: 'text_invalid', detail }],
  })
}

function unexpected(part: Multipart): DomainError<'validation_failed'> {
  if (part.type === 'file') part.file.resume()
  const isSecond = part.type === 'file' && part.fieldname === FIELD
  const detail = isSecond ? 'send one file at a time' : `there is no field but ${FIELD}`
  const pointer = `/${part.fieldname.replaceAll('~', '~0').replaceAll('/', '~1')}`
  return new DomainError('validation_failed', { errors: [{ pointer, code: 'unknown_field', detail }] })
}

/** The parser fails plainly, whatever is wrong with a form, and with codes of its own where it has too many parts. */
function malformed(error: unknown): unknown {
  if (error instanceof WireRefusal) return error
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (code === 'FST_PARTS_LIMIT' || code === 'FST_FILES_LIMIT' || code === 'FST_FIELDS_LIMIT') {
    const errors = [{ pointer: '', code: 'unknown_field', detail: 'send one file and nothing else' }] as const
    return new DomainError('validation_failed', { errors }, { cause: error })
  }
  return new WireRefusal('malformed_multipart', 'The body is no form that begins and ends as it says.', {
    cause: error,
  })
}
