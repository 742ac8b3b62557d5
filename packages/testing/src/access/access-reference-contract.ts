import assert from 'node:assert/strict'
import { spoil } from '../books/reference-contract.ts'
import type { Contract } from '../kernel/contract.ts'
import { change, look } from '../kernel/steps.ts'
import { anApiKey, anOwner } from './access-builders.ts'
import { freshHash, listedKey, storedKey } from './key-steps.ts'

/** As shared references, of keys and owners. */
export const accessReferenceContract: Contract = {
  name: 'shared references of keys and owners',
  cases: [
    {
      name: 'keeps an API key when the given object is changed later',
      async run(harness) {
        const key = structuredClone(anApiKey({ scopes: ['read', 'write'] }))
        const copy = structuredClone(key)
        await change(harness, (tx) => tx.apiKeys.insert(key, freshHash(harness)))
        spoil(key)
        assert.deepEqual((await listedKey(harness, copy))?.key, copy)
      },
    },
    {
      name: 'keeps an API key when an object from a query is changed later',
      async run(harness) {
        const key = await storedKey(harness, structuredClone(anApiKey()))
        const copy = structuredClone(key)
        spoil(await listedKey(harness, copy))
        assert.deepEqual((await listedKey(harness, copy))?.key, copy)
      },
    },
    {
      name: 'keeps an API key when an object that a transaction found is changed later',
      async run(harness) {
        const copy = structuredClone(await storedKey(harness, structuredClone(anApiKey())))
        spoil(await look(harness, (tx) => tx.apiKeys.find(copy.id)))
        assert.deepEqual(await look(harness, (tx) => tx.apiKeys.find(copy.id)), copy)
      },
    },
    {
      name: 'keeps an owner when the given object is changed later',
      async run({ ports }) {
        const owner = structuredClone(anOwner())
        const copy = structuredClone(owner)
        await ports.owners.create(owner)
        spoil(owner)
        assert.deepEqual(await ports.owners.find(copy.id), copy)
      },
    },
    {
      name: 'keeps an owner when an object from a query is changed later',
      async run({ ports }) {
        const owner = structuredClone(anOwner())
        await ports.owners.create(structuredClone(owner))
        spoil(await ports.owners.find(owner.id))
        assert.deepEqual(await ports.owners.find(owner.id), owner)
      },
    },
  ],
}
