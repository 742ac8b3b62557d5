import type { Attachment, AttachmentId, Instant } from '@daftari/domain'
import { accepting, called, refusing } from '../kernel/sabotage/constraints.ts'
import { overlay, type Saboteur, type Saboteurs } from '../kernel/sabotage/overlay.ts'
import { onRepository, onTransactions } from '../kernel/sabotage/transactions.ts'

function finding(change: (file: Attachment) => Attachment): Saboteur {
  return onRepository('attachments', (attachments) => ({
    findMany: async (ids) => (await attachments.findMany(ids)).map(change),
  }))
}

export const attachmentSaboteurs: Saboteurs = {
  'finds a file as it was stored, of any size': finding((file) => ({
    ...file,
    sizeBytes: file.sizeBytes % 2 ** 32,
  })),

  'finds of many ids the files that are there, each once': onRepository('attachments', (attachments) => ({
    async findMany(ids) {
      const found = await attachments.findMany(ids)
      return ids.flatMap((id) => found.filter((file) => file.id === id))
    },
  })),

  'finds a file that the transaction itself staged': onTransactions(() => {
    const staged = new Set<string>()
    return {
      wrap: ({ attachments }) => ({
        attachments: overlay(attachments, {
          insert(file) {
            staged.add(file.id)
            attachments.insert(file)
          },
          findMany: async (ids) => (await attachments.findMany(ids)).filter(({ id }) => !staged.has(id)),
        }),
      }),
    }
  }),

  'marks files as linked, so that they no longer expire': finding((file) =>
    file.state === 'linked' ? { ...file, expiresAt: file.createdAt } : file,
  ),

  'leaves a file that is linked already as it is': (ports) => {
    const linkedAt = new Map<AttachmentId, Instant>()
    return onRepository('attachments', (attachments) => ({
      link(ids, at) {
        for (const id of ids) linkedAt.set(id, at)
        attachments.link(ids, at)
      },
      async findMany(ids) {
        const found = await attachments.findMany(ids)
        return found.map((file) =>
          file.state === 'linked' ? { ...file, updatedAt: linkedAt.get(file.id) ?? file.updatedAt } : file,
        )
      },
    }))(ports)
  },

  'links a file that is named twice': refusing('attachment_not_found', { attachmentId: '' }, (trace) =>
    called<readonly AttachmentId[]>(trace, 'attachments.link', (ids) => new Set(ids).size < ids.length),
  ),

  'refuses to link a file that is not there, and names it': accepting(
    'attachment_not_found',
    (trace, ledger) =>
      called<readonly AttachmentId[]>(trace, 'attachments.link', (ids) =>
        ids.some(
          (id) =>
            !ledger.has('attachments.insert', id, trace.ownerId) &&
            !ledger.has('attachments.insert', id, trace.ownerId, 'others'),
        ),
      ),
  ),
}
