import assert from 'node:assert/strict'
import type { OwnerId, TimeZone } from '@daftari/domain'
import { createdOwner } from '../access/owners-contract.ts'
import { storedAttachment } from '../files/attachment-steps.ts'
import type { Contract } from '../kernel/contract.ts'
import { change, look } from '../kernel/steps.ts'
import { someSettings } from './settings-builders.ts'

const NAIROBI = 'Africa/Nairobi' as TimeZone

/** Where the days of books begin, once somebody keeps them. */
export const ownerSettingsContract: Contract = {
  name: 'settings of an owner',
  cases: [
    {
      name: 'shows the defaults in the time zone of the owner',
      async run(harness) {
        const { ports, ownerId } = harness
        await createdOwner(harness, { id: ownerId as OwnerId, timeZone: NAIROBI })
        const { version, timeZone } = await ports.queries.settings.get(ownerId)
        assert.deepEqual([version, timeZone], [0, NAIROBI])
      },
    },
    {
      name: 'reads the defaults in the time zone of the owner',
      async run(harness) {
        const { ownerId } = harness
        await createdOwner(harness, { id: ownerId as OwnerId, timeZone: NAIROBI })
        const settings = await look(harness, (tx) => tx.settings.get())
        assert.deepEqual([settings.version, settings.timeZone], [0, NAIROBI])
      },
    },
    {
      name: 'shows the defaults in the time zone of an owner that had records before it was created',
      async run(harness) {
        const { ports, ownerId } = harness
        await storedAttachment(harness)
        await createdOwner(harness, { id: ownerId as OwnerId, timeZone: NAIROBI })
        const { version, timeZone } = await ports.queries.settings.get(ownerId)
        assert.deepEqual([version, timeZone], [0, NAIROBI])
      },
    },
    {
      name: 'keeps settings that were changed before the owner was created',
      async run(harness) {
        const { ports, ownerId } = harness
        const settings = someSettings(ownerId, { timeZone: 'Asia/Kolkata' as TimeZone })
        await change(harness, (tx) => tx.settings.update(settings, 0))
        await createdOwner(harness, { id: ownerId as OwnerId, timeZone: NAIROBI })
        assert.deepEqual(await ports.queries.settings.get(ownerId), settings)
      },
    },
  ],
}
