import { NOWHERE } from '../support/open-books.ts'
import { forged, type RefusalCases, unknownParameter } from './refusal-case.ts'

const operator = { actorId: 'cli' }

export const accessRefusals: RefusalCases = {
  'access/create-api-key.ts': {
    validation_failed: ({ books, scope }) => books.access.createKey(scope, { name: 'Till', scopes: [] }),
  },
  'access/list-api-keys.ts': {
    invalid_query: ({ books, scope }) => books.access.listKeys(scope, unknownParameter),
    invalid_cursor: ({ books, scope }) => books.access.listKeys(scope, forged),
  },
  'access/revoke-api-key.ts': {
    not_found: ({ books, scope }) => books.access.revokeKey(scope, { keyId: NOWHERE }),
  },
  'access/create-owner.ts': {
    validation_failed: ({ books }) =>
      books.access.createOwner(operator, { name: 'Duka', timeZone: 'Africa/Nowhere' }),
  },
  'access/get-owner.ts': {
    not_found: ({ books }) => books.access.getOwner(operator, { ownerId: NOWHERE }),
  },
  'access/list-owners.ts': {
    invalid_query: ({ books }) => books.access.listOwners(operator, unknownParameter),
    invalid_cursor: ({ books }) => books.access.listOwners(operator, forged),
  },
}
