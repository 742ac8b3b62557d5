import assert from 'node:assert/strict'
import type { Attachment, AttachmentId } from '@daftari/domain'
import type { Contract } from '../kernel/contract.ts'
import { at, freshId } from '../kernel/fresh.ts'
import { change, look, type OwnerBooks, refusal } from '../kernel/steps.ts'
import { storedAttachment } from './attachment-steps.ts'
import { anAttachment } from './file-builders.ts'

const OTHER_STORE = '019373c2-7a00-7000-8000-0000000005e2'
const LATER = at('2026-11-21T10:00:00.500Z')

async function foundOne(desk: OwnerBooks, { id }: Attachment): Promise<Attachment | undefined> {
  const found = await look(desk, (tx) => tx.attachments.findMany([id]))
  return found[0]
}

/** What a transaction finds and changes of files. */
export const attachmentRepositoryContract: Contract = {
  name: 'attachments',
  cases: [
    {
      name: 'finds a file as it was stored, of any size',
      async run(harness) {
        const file = await storedAttachment(harness, {
          fileName: 'Risiti — Mei 🧾.pdf',
          sizeBytes: 2 ** 33 + 1,
          expiresAt: at('2026-11-22T09:00:00.001Z'),
        })
        assert.deepEqual(await foundOne(harness, file), file)
      },
    },
    {
      name: 'removes a staged file',
      async run(harness) {
        const [file, other] = [await storedAttachment(harness), await storedAttachment(harness)]
        await change(harness, async (tx) => tx.attachments.delete(file))
        assert.equal(await foundOne(harness, file), undefined)
        assert.deepEqual(await foundOne(harness, other), other)
      },
    },
    {
      name: 'removes no file that is linked',
      async run(harness) {
        const file = await storedAttachment(harness)
        await change(harness, (tx) => tx.attachments.link([file.id], LATER))
        const attempt = change(harness, async (tx) => tx.attachments.delete(file))
        assert.equal((await refusal(attempt, 'attachment_in_use')).attachmentId, file.id)
        assert.equal((await foundOne(harness, file))?.state, 'linked')
      },
    },
    {
      name: 'refuses to remove a file that is not there',
      async run(harness) {
        const file = await storedAttachment(harness)
        await change(harness, async (tx) => tx.attachments.delete(file))
        await refusal(
          change(harness, async (tx) => tx.attachments.delete(file)),
          'attachment_in_use',
        )
      },
    },
    {
      name: 'notes that a file lies in another store, and changes nothing else of it',
      async run(harness) {
        const file = await storedAttachment(harness)
        await change(harness, async (tx) => tx.attachments.relocate(file, OTHER_STORE))
        assert.deepEqual(await foundOne(harness, file), { ...file, storeId: OTHER_STORE })
      },
    },
    {
      name: 'refuses to relocate a file that lies elsewhere by now',
      async run(harness) {
        const file = await storedAttachment(harness)
        await change(harness, async (tx) => tx.attachments.relocate(file, OTHER_STORE))
        const attempt = change(harness, async (tx) => tx.attachments.relocate(file, freshId()))
        await refusal(attempt, 'concurrent_change')
        assert.equal((await foundOne(harness, file))?.storeId, OTHER_STORE)
      },
    },
    {
      name: 'finds of many ids the files that are there, each once',
      async run(harness) {
        const [one, other] = [await storedAttachment(harness), await storedAttachment(harness)]
        const ids = [one.id, freshId<AttachmentId>(), other.id, one.id]
        const found = await look(harness, (tx) => tx.attachments.findMany(ids))
        assert.deepEqual(found.map(({ id }) => id).sort(), [one.id, other.id].sort())
      },
    },
    {
      name: 'finds a file that the transaction itself staged',
      async run(harness) {
        const file = anAttachment()
        await change(harness, async (tx) => {
          tx.attachments.insert(file)
          assert.equal((await tx.attachments.findMany([file.id])).length, 1)
          assert.deepEqual(await tx.attachments.find(file.id), file)
        })
      },
    },
    {
      name: 'marks files as linked, so that they no longer expire',
      async run(harness) {
        const file = await storedAttachment(harness)
        await change(harness, (tx) => tx.attachments.link([file.id], LATER))
        const linked = { ...file, state: 'linked', expiresAt: null, updatedAt: LATER }
        assert.deepEqual(await foundOne(harness, file), linked)
      },
    },
    {
      name: 'leaves a file that is linked already as it is',
      async run(harness) {
        const file = await storedAttachment(harness)
        await change(harness, (tx) => tx.attachments.link([file.id], LATER))
        await change(harness, (tx) => tx.attachments.link([file.id], at('2026-11-30T10:00:00Z')))
        assert.equal((await foundOne(harness, file))?.updatedAt, LATER)
      },
    },
    {
      name: 'links a file that is named twice',
      async run(harness) {
        const file = await storedAttachment(harness)
        await change(harness, (tx) => tx.attachments.link([file.id, file.id], LATER))
        assert.equal((await foundOne(harness, file))?.state, 'linked')
      },
    },
    {
      name: 'refuses to link a file that is not there, and names it',
      async run(harness) {
        const file = await storedAttachment(harness)
        const missing = freshId<AttachmentId>()
        const attempt = change(harness, (tx) => tx.attachments.link([file.id, missing], LATER))
        assert.equal((await refusal(attempt, 'attachment_not_found')).attachmentId, missing)
        assert.equal((await foundOne(harness, file))?.state, 'staged')
      },
    },
  ],
}
