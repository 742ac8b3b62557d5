import type { AttachmentId } from '@daftari/domain'
import { anAttachment, freshId } from '@daftari/testing'
import { type ForeignBooks, foreignId } from '../support/foreign-books.ts'
import { NOW, type Probes, reads, txInserts, txReads, txWrites } from '../support/probe.ts'

const theirFile = ({ ownerId }: ForeignBooks): AttachmentId => foreignId(ownerId, 'attachment')

export const filesProbes: Probes = {
  'tx.attachments.findMany': txReads((tx, theirs) => tx.attachments.findMany([theirFile(theirs)]), []),
  'tx.attachments.find': txReads((tx, theirs) => tx.attachments.find(theirFile(theirs)), null),
  'queries.attachments.find': reads(
    ({ ports, ownerId, theirs }) => ports.queries.attachments.find(ownerId, theirFile(theirs)),
    null,
  ),
  'tx.attachments.delete': txWrites(
    (tx, theirs) => tx.attachments.delete(anAttachment({ id: theirFile(theirs) })),
    'attachment_in_use',
  ),
  'tx.attachments.relocate': txWrites(
    (tx, theirs) => tx.attachments.relocate(anAttachment({ id: theirFile(theirs) }), freshId()),
    'concurrent_change',
  ),
  'tx.attachments.insert': txInserts((tx, theirs) =>
    tx.attachments.insert(anAttachment({ id: theirFile(theirs) })),
  ),
  'tx.attachments.link': txWrites(
    (tx, theirs) => tx.attachments.link([theirFile(theirs)], NOW),
    'attachment_not_found',
  ),
}
