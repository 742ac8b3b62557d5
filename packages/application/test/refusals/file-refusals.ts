import { type AttachmentId, fileKey } from '@daftari/domain'
import { createBooks } from '../../src/index.ts'
import { uploaded, withoutLinks } from '../support/files.ts'
import { bill } from '../support/invoice-books.ts'
import { NOWHERE, type StartedBooks } from '../support/open-books.ts'
import type { RefusalCases } from './refusal-case.ts'

const tooMuch = '%PDF-'.padEnd(1024 * 1024, ' ')

async function linked({ books, scope }: StartedBooks): Promise<void> {
  const { id } = await uploaded(books, scope)
  await books.invoices.create(scope, bill({ attachmentIds: [id] }))
}

async function without({ books, scope, ports }: StartedBooks): Promise<void> {
  const { id } = await uploaded(books, scope)
  await ports.files.delete(fileKey(scope.ownerId, id as AttachmentId))
}

/** The id of the one file, which the history of everything tells. */
async function idOfFile({ books, scope }: StartedBooks): Promise<string> {
  const { data } = await books.history.feed(scope)
  return data.find(({ type }) => type === 'attachment.stored')?.subject ?? ''
}

export const fileRefusals: RefusalCases = {
  'files/upload-attachment.ts': {
    validation_failed: ({ books, scope }) => uploaded(books, scope, ''),
    too_large: ({ books, scope }) => uploaded(books, scope, ...Array(11).fill(tooMuch)),
    unsupported_type: ({ books, scope }) => uploaded(books, scope, '<html><body>'),
  },
  'files/get-attachment.ts': {
    not_found: ({ books, scope }) => books.attachments.get(scope, { attachmentId: NOWHERE }),
  },
  'files/read-attachment.ts': {
    not_found: ({ books, scope }) => books.attachments.read(scope, { attachmentId: NOWHERE }),
    file_damaged: {
      given: without,
      act: async (started) =>
        started.books.attachments.read(started.scope, { attachmentId: await idOfFile(started) }),
    },
  },
  'files/link-attachment.ts': {
    not_found: ({ books, scope }) => books.attachments.link(scope, { attachmentId: NOWHERE }),
    invalid_query: ({ books, scope }) =>
      books.attachments.link(scope, { attachmentId: NOWHERE, expiresIn: 86_401 }),
  },
  'files/follow-link.ts': {
    not_found: ({ books }) => books.attachments.follow({ token: 'x' }),
    file_damaged: {
      given: without,
      async act(started) {
        const books = createBooks({ ...started.ports, files: withoutLinks(started.ports.files) })
        const { token } = await books.attachments.link(started.scope, {
          attachmentId: await idOfFile(started),
        })
        return books.attachments.follow({ token: token ?? '' })
      },
    },
  },
  'files/delete-attachment.ts': {
    not_found: ({ books, scope }) => books.attachments.delete(scope, { attachmentId: NOWHERE }),
    attachment_in_use: {
      given: linked,
      act: async (started) =>
        started.books.attachments.delete(started.scope, { attachmentId: await idOfFile(started) }),
    },
  },
}
