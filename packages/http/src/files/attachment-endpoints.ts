import { attachmentView, type Books, FILE_TYPES, linkQuery } from '@daftari/application'
import { z } from 'zod'
import { gone, shown, stored } from '../endpoint/answer.ts'
import type { DocumentedAnswer } from '../endpoint/endpoint.ts'
import { type Route, route } from '../endpoint/route.ts'
import { rangeOf } from './byte-range.ts'
import { contentTag, FILE_HEADERS, fileAnswer } from './file-answer.ts'

const tag = 'Attachments'

const linkView = z.object({ url: z.url(), expiresAt: z.iso.datetime() }).meta({ title: 'AttachmentLink' })

const whole: DocumentedAnswer = {
  status: 200,
  description:
    'The file. When its bytes are not those that were stored, the connection breaks before the end.',
  fileTypes: FILE_TYPES,
  headers: FILE_HEADERS,
}

/** `/v1/attachments` */
export function attachmentEndpoints({ attachments }: Books): readonly Route[] {
  return [
    route({
      method: 'POST',
      path: '/attachments',
      scope: 'write',
      operationId: 'uploadAttachment',
      tag,
      summary: 'Store a file',
      description:
        'One file in the field `file`: PDF, PNG, JPEG, WebP, TIFF or XML, told by its bytes alone. ' +
        'A file that no record links is removed after a day.',
      takesFile: true,
      answers: [{ status: 201, description: 'The new file.', view: attachmentView(), headers: ['Location'] }],
      handle: async ({ scope, file, url }) => stored(await attachments.upload(scope, await file()), url),
    }),
    route({
      method: 'GET',
      path: '/attachments/:id',
      scope: 'read',
      operationId: 'getAttachment',
      tag,
      summary: 'Look at what is known of a file',
      answers: [{ status: 200, description: 'The file.', view: attachmentView() }],
      handle: async ({ scope, id }) => shown(await attachments.get(scope, { attachmentId: id })),
    }),
    route({
      method: 'GET',
      path: '/attachments/:id/content',
      scope: 'read',
      operationId: 'getAttachmentContent',
      tag,
      summary: 'Download a file',
      description:
        'A single `Range` is answered with 206, also with `If-Range`; any other with the whole file.',
      answers: [
        whole,
        {
          status: 206,
          description: 'The part that was asked for.',
          fileTypes: FILE_TYPES,
          headers: [...FILE_HEADERS, 'Content-Range'],
        },
      ],
      refusals: ['file_damaged'],
      handle: async ({ scope, id, headers }) => {
        const { contentType, sizeBytes, sha256 } = await attachments.get(scope, { attachmentId: id })
        const ifRange = headers['if-range']
        const isCurrent = ifRange === undefined || ifRange === contentTag(sha256)
        const range = isCurrent ? rangeOf(headers.range, sizeBytes) : null
        const part = range === null ? {} : { range }
        return fileAnswer(await attachments.read(scope, { attachmentId: id, ...part }), contentType, range)
      },
    }),
    route({
      method: 'GET',
      path: '/attachments/:id/link',
      scope: 'read',
      operationId: 'linkAttachment',
      tag,
      summary: 'Make a link under which anybody can download a file for a while',
      query: linkQuery,
      numbers: ['expiresIn'],
      answers: [{ status: 200, description: 'The link.', view: linkView }],
      handle: async ({ scope, id, query, url, origin }) => {
        const link = await attachments.link(scope, { attachmentId: id, ...query })
        const ours = `${origin}${url.replace('/attachments/:id/link', '')}/files/${link.token}`
        return shown({ url: link.url ?? ours, expiresAt: link.expiresAt })
      },
    }),
    route({
      method: 'DELETE',
      path: '/attachments/:id',
      scope: 'write',
      operationId: 'deleteAttachment',
      tag,
      summary: 'Remove a file that no record ever linked',
      answers: [{ status: 204, description: 'It is gone.' }],
      refusals: ['attachment_in_use'],
      handle: async ({ scope, id }) => {
        await attachments.delete(scope, { attachmentId: id })
        return gone()
      },
    }),
  ]
}
