import type { FileUpkeep } from '@daftari/application'
import type { Attachment, AttachmentId, Instant } from '@daftari/domain'
import { accepting, called, refusing } from '../kernel/sabotage/constraints.ts'
import type { Ledger } from '../kernel/sabotage/ledger.ts'
import { overlay, type Saboteur, type Saboteurs } from '../kernel/sabotage/overlay.ts'
import { onRepository, onTransactions } from '../kernel/sabotage/transactions.ts'

function finding(change: (file: Attachment) => Attachment): Saboteur {
  return onRepository('attachments', (attachments) => ({
    findMany: async (ids) => (await attachments.findMany(ids)).map(change),
  }))
}

function onUpkeep(change: (upkeep: FileUpkeep) => Partial<FileUpkeep>): Saboteur {
  return (ports) => overlay(ports, { fileUpkeep: overlay(ports.fileUpkeep, change(ports.fileUpkeep)) })
}

function isLinked({ stored }: Ledger, id: AttachmentId): boolean {
  return stored.some((trace) =>
    called<readonly AttachmentId[]>(trace, 'attachments.link', (ids) => ids.includes(id)),
  )
}

export const attachmentSaboteurs: Saboteurs = {
  'removes a staged file': (ports) => {
    const removed: Attachment[] = []
    return onRepository('attachments', (attachments) => ({
      delete(file) {
        removed.push(file)
        attachments.delete(file)
      },
      async findMany(ids) {
        const found = await attachments.findMany(ids)
        const stays = removed.filter(({ id }) => ids.includes(id) && !found.some((file) => file.id === id))
        return [...found, ...stays]
      },
    }))(ports)
  },

  'removes no file that is linked': accepting('attachment_in_use', (trace, ledger) =>
    called<Attachment>(trace, 'attachments.delete', ({ id }) => isLinked(ledger, id)),
  ),

  'refuses to remove a file that is not there': accepting('attachment_in_use', (trace, ledger) =>
    called<Attachment>(trace, 'attachments.delete', ({ id }) => !isLinked(ledger, id)),
  ),

  'notes that a file lies in another store, and changes nothing else of it': onRepository(
    'attachments',
    (attachments) => ({
      relocate(file, storeId) {
        attachments.relocate(file, storeId)
        attachments.link([file.id], file.createdAt)
      },
    }),
  ),

  'refuses to relocate a file that lies elsewhere by now': accepting('concurrent_change', (trace) =>
    called(trace, 'attachments.relocate'),
  ),

  'lists the expired files of all owners, the first to expire first': onUpkeep((upkeep) => ({
    listExpired: async (now, limit) => (await upkeep.listExpired(now, limit)).toReversed(),
  })),

  'lists as expired no file that is linked or still has time, to the millisecond': onUpkeep((upkeep) => ({
    listExpired: (now, limit) => upkeep.listExpired((now + 1) as Instant, limit),
  })),

  'lists as many expired files as it was asked for': onUpkeep((upkeep) => ({
    listExpired: (now, limit) => upkeep.listExpired(now, limit + 1),
  })),

  'lists the files of all owners by owner and id, page after page': onUpkeep((upkeep) => ({
    list: async (after, limit) => (await upkeep.list(after, limit + 1)).slice(after === null ? 0 : 1),
  })),

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
