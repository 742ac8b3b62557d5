import type { UseCaseKinds } from '../kernel/use-case-kinds.ts'
import type { UseCaseDeps } from '../use-case-deps.ts'
import { authenticate } from './authenticate.ts'
import { createApiKey } from './create-api-key.ts'
import { createOwner } from './create-owner.ts'
import { getOwner } from './get-owner.ts'
import { knownKeys } from './known-keys.ts'
import { listApiKeys } from './list-api-keys.ts'
import { listOwners } from './list-owners.ts'
import { noteUse } from './note-use.ts'
import { revokeApiKey } from './revoke-api-key.ts'

export function accessUseCases(ports: UseCaseDeps, { read, write, writeSecret, operate }: UseCaseKinds) {
  const keys = knownKeys(ports)
  const deps = { ...ports, keys, noteUse: noteUse(ports) }
  return {
    access: Object.freeze({
      createKey: writeSecret('access.createKey', createApiKey(deps)),
      listKeys: read(listApiKeys(deps)),
      revokeKey: write('access.revokeKey', revokeApiKey(deps)),
      authenticate: authenticate(deps),
      createOwner: operate(createOwner(deps)),
      getOwner: operate(getOwner(deps)),
      listOwners: operate(listOwners(deps)),
    }),
  }
}
