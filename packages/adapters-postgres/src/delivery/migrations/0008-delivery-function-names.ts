import type { Migration } from '../../kernel/migrate/migration.ts'
import { FUNCTIONS } from './0005-delivery.ts'
import { CLAIM_DELIVERIES } from './0008/claim-deliveries.ts'
import { LEASE_SHARDS } from './0008/lease-shards.ts'
import { SETTLE_DELIVERIES } from './0008/settle-deliveries.ts'

const DROP = 'drop function daftari.lease_shards, daftari.claim_deliveries, daftari.settle_deliveries;'
const RIGHTS =
  'revoke all on function daftari.lease_shards, daftari.claim_deliveries, daftari.settle_deliveries from public;'

/**
 * Gives the functions of deliveries plain names and comments without changing what they do. They are dropped and
 * created again, because PostgreSQL cannot rename the parameters of an existing function. Arguments and results keep
 * their order and types, so that a process of the previous version can still call them.
 */
export const deliveryFunctionNamesMigration: Migration = {
  name: '0008-delivery-function-names',
  rights: RIGHTS,
  up: `
    ${DROP}
    ${LEASE_SHARDS}${CLAIM_DELIVERIES}${SETTLE_DELIVERIES}
    ${RIGHTS}`,
  down: `
    ${DROP}
    ${FUNCTIONS}
    ${RIGHTS}`,
}
