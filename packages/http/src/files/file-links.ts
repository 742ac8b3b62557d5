import type { Books } from '@daftari/application'
import type { FastifyInstance } from 'fastify'
import { send } from '../endpoint/send.ts'
import { refusalResponses, response } from '../openapi/responses.ts'
import { FILE_HEADERS, fileAnswer } from './file-answer.ts'

const schema = {
  operationId: 'followLink',
  tags: ['Attachments'],
  summary: 'Download the file of a link',
  description: 'Needs no key: whoever has the link has the file, until it expires.',
  security: [],
  params: { type: 'object', properties: { token: { type: 'string' } }, required: ['token'] },
  response: {
    ...refusalResponses(['not_found', 'internal_error', 'file_damaged', 'unavailable', 'overloaded']),
    200: response(
      {
        status: 200,
        description: 'The file, as bytes of no special type.',
        fileTypes: ['application/octet-stream'],
        headers: FILE_HEADERS,
      },
      'GET',
    ),
  },
}

/** `/files/{token}`. A token is longer than the host may allow of a parameter, and no part of a longer path. */
export function addFileLinks(instance: FastifyInstance, { attachments }: Books): void {
  instance.get<{ Params: { readonly '*': string } }>('/files/*', { schema }, async (request, reply) => {
    const content = await attachments.follow({ token: request.params['*'] })
    return send(reply, await fileAnswer(content, 'application/octet-stream'))
  })
}
