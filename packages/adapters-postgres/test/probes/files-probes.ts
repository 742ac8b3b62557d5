import type { AttachmentId } from '@daftari/domain'
import { anAttachment } from '@daftari/testing'
import { type ForeignBooks, foreignId } from '../support/foreign-books.ts'
import { NOW, type Probes, txInserts, txReads, txWrites } from '../support/probe.ts'

const theirFile = ({ ownerId }: ForeignBooks): AttachmentId => foreignId(ownerId, 'attachment')

export const filesProbes: Probes = {
  'tx.attachments.findMany': txReads((tx, theirs) => tx.attachments.findMany([theirFile(theirs)]), []),
  'tx.attachments.insert': txInserts((tx, theirs) =>
    tx.attachments.insert(anAttachment({ id: theirFile(theirs) })),
  ),
  'tx.attachments.link': txWrites(
    (tx, theirs) => tx.attachments.link([theirFile(theirs)], NOW),
    'attachment_not_found',
  ),
}
