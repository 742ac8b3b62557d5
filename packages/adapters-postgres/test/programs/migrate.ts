import { migrateUp } from '../../src/index.ts'

const [connectionString = ''] = process.argv.slice(2)
await migrateUp({ connectionString })
console.log('migrated')
