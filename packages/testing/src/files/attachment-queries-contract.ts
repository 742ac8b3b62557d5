import assert from 'node:assert/strict'
import type { OwnedAttachment, Ports } from '@daftari/application'
import type { Instant } from '@daftari/domain'
import type { Contract, Harness } from '../kernel/contract.ts'
import { at } from '../kernel/fresh.ts'
import { change, look, otherBooks } from '../kernel/steps.ts'
import { storedAttachment } from './attachment-steps.ts'

const NOON = at('2026-11-21T12:00:00.000Z')
const before = (noon: Instant, ms: number) => (noon - ms) as Instant

/** Other tests may share the store, so that only the files of these two owners are looked at. */
function ours({ ownerId, otherOwnerId }: Harness, found: readonly OwnedAttachment[]): OwnedAttachment[] {
  return found.filter((file) => [ownerId, otherOwnerId].includes(file.ownerId))
}

async function everyFile(harness: Harness, limit: number): Promise<OwnedAttachment[]> {
  const { list } = harness.ports.fileUpkeep
  const files: OwnedAttachment[] = []
  for (let after: Parameters<Ports['fileUpkeep']['list']>[0] = null; ; ) {
    const page = await list(after, limit)
    files.push(...page)
    const last = page.at(-1)
    if (page.length < limit || last === undefined) return ours(harness, files)
    after = { ownerId: last.ownerId, id: last.attachment.id }
  }
}

/** What is asked about files, by their owners and by the upkeep of stores. */
export const attachmentQueriesContract: Contract = {
  name: 'files as they are asked for',
  cases: [
    {
      name: 'shows a stored file as it was given',
      brokenBy: { queries: 'attachments', method: 'find', gives: 'nothing' },
      async run(harness) {
        const file = await storedAttachment(harness)
        assert.deepEqual(await harness.ports.queries.attachments.find(harness.ownerId, file.id), file)
      },
    },
    {
      name: 'shows no file of another owner',
      brokenBy: { queries: 'attachments', method: 'find', gives: 'theirs' },
      async run(harness) {
        const { id } = await storedAttachment(otherBooks(harness))
        assert.equal(await harness.ports.queries.attachments.find(harness.ownerId, id), null)
      },
    },
    {
      name: 'finds no file of another owner in a transaction',
      brokenBy: { repository: 'attachments', method: 'find', gives: 'theirs' },
      async run(harness) {
        const { id } = await storedAttachment(otherBooks(harness))
        assert.equal(await look(harness, (tx) => tx.attachments.find(id)), null)
      },
    },
    {
      name: 'lists the expired files of all owners, the first to expire first',
      async run(harness) {
        const { ownerId, otherOwnerId, ports } = harness
        const second = await storedAttachment(harness, { expiresAt: before(NOON, 1_000) })
        const first = await storedAttachment(otherBooks(harness), { expiresAt: before(NOON, 2_000) })
        const expected = [
          { ownerId: otherOwnerId, attachment: first },
          { ownerId, attachment: second },
        ]
        assert.deepEqual(ours(harness, await ports.fileUpkeep.listExpired(NOON, 1_000)), expected)
      },
    },
    {
      name: 'lists as expired no file that is linked or still has time, to the millisecond',
      async run(harness) {
        const linked = await storedAttachment(harness, { expiresAt: before(NOON, 1_000) })
        await change(harness, async (tx) => tx.attachments.link([linked.id], before(NOON, 2_000)))
        await storedAttachment(harness, { expiresAt: before(NOON, -1) })
        const last = await storedAttachment(harness, { expiresAt: NOON })
        const found = ours(harness, await harness.ports.fileUpkeep.listExpired(NOON, 1_000))
        assert.deepEqual(
          found.map(({ attachment }) => attachment.id),
          [last.id],
        )
      },
    },
    {
      name: 'lists as many expired files as it was asked for',
      async run(harness) {
        for (let count = 0; count < 3; count += 1) {
          await storedAttachment(harness, { expiresAt: before(NOON, 1_000) })
        }
        assert.equal((await harness.ports.fileUpkeep.listExpired(NOON, 2)).length, 2)
      },
    },
    {
      name: 'lists the files of all owners by owner and id, page after page',
      async run(harness) {
        const { ownerId, otherOwnerId } = harness
        const stored: OwnedAttachment[] = []
        for (let count = 0; count < 3; count += 1) {
          stored.push({ ownerId, attachment: await storedAttachment(harness) })
          const theirs = await storedAttachment(otherBooks(harness))
          stored.push({ ownerId: otherOwnerId, attachment: theirs })
        }
        const place = (file: OwnedAttachment) => `${file.ownerId}/${file.attachment.id}`
        const expected = stored.toSorted((one, other) => (place(one) < place(other) ? -1 : 1))
        assert.deepEqual(await everyFile(harness, 2), expected)
      },
    },
  ],
}
