import type { AttachmentQueries, FileUpkeep, OwnedAttachment } from '@daftari/application'
import { compareText } from '@daftari/domain'
import type { MemoryStore } from '../memory-books.ts'
import { attachmentTable } from './attachment-table.ts'

export function memoryAttachmentQueries(store: MemoryStore): AttachmentQueries {
  return {
    async find(ownerId, id) {
      return store(ownerId).own.of(attachmentTable).get(id)
    },
  }
}

export function memoryFileUpkeep(store: MemoryStore): FileUpkeep {
  const all = (): OwnedAttachment[] =>
    [...store.all()].flatMap(([ownerId, { own }]) =>
      [...own.of(attachmentTable).values()].map((attachment) => ({ ownerId, attachment })),
    )
  return {
    async listExpired(now, limit) {
      return all()
        .flatMap((file) => {
          const { expiresAt } = file.attachment
          return expiresAt !== null && expiresAt <= now ? [{ ...file, expiresAt }] : []
        })
        .toSorted(
          (one, other) =>
            one.expiresAt - other.expiresAt || compareText(one.attachment.id, other.attachment.id),
        )
        .slice(0, limit)
        .map(({ ownerId, attachment }) => ({ ownerId, attachment }))
    },
    async list(after, limit) {
      const positionOf = ({ ownerId, attachment: { id } }: OwnedAttachment): string => `${ownerId}/${id}`
      return all()
        .filter((file) => after === null || positionOf(file) > `${after.ownerId}/${after.id}`)
        .toSorted((one, other) => compareText(positionOf(one), positionOf(other)))
        .slice(0, limit)
    },
  }
}
