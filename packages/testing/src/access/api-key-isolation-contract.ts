import assert from 'node:assert/strict'
import type { ApiKeyId } from '@daftari/domain'
import type { Contract } from '../kernel/contract.ts'
import { freshId } from '../kernel/fresh.ts'
import { change, look, otherBooks, refusal } from '../kernel/steps.ts'
import { listedKeys, storedKey } from './key-steps.ts'

/** Another owner's API keys are as good as absent (F79, F80). */
export const apiKeyIsolationContract: Contract = {
  name: 'API keys of another owner',
  cases: [
    {
      name: 'finds no API key of another owner',
      async run(harness) {
        const { id } = await storedKey(otherBooks(harness))
        assert.equal((await look(harness, (tx) => tx.apiKeys.find(id))) ?? null, null)
      },
    },
    {
      name: 'lists no API key of another owner',
      async run(harness) {
        await storedKey(otherBooks(harness))
        assert.deepEqual(await listedKeys(harness), [])
      },
    },
    {
      name: 'refuses to update an API key of another owner, and does not change it (F81)',
      async run(harness) {
        const key = await storedKey(otherBooks(harness))
        const attempt = change(harness, (tx) => tx.apiKeys.update({ ...key, name: 'Taken', version: 2 }, 1))
        await refusal(attempt, 'concurrent_change')
        assert.deepEqual(await look(otherBooks(harness), (tx) => tx.apiKeys.find(key.id)), key)
      },
    },
    {
      name: 'keeps API keys of two owners with the same id apart',
      async run(harness) {
        const id = freshId<ApiKeyId>()
        const theirs = await storedKey(otherBooks(harness), { id, name: 'Theirs' })
        const mine = await storedKey(harness, { id, name: 'Mine' })
        await change(harness, (tx) => tx.apiKeys.update({ ...mine, name: 'Still mine', version: 2 }, 1))
        const [listed] = await listedKeys(otherBooks(harness))
        assert.deepEqual(listed?.key, theirs)
        assert.equal((await listedKeys(harness))[0]?.key.name, 'Still mine')
      },
    },
  ],
}
