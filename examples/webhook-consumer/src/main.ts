import pg from 'pg'
import { consumer, createTables } from './consumer.ts'

const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL })
pool.on('error', (error) => console.error(error.message))
await createTables(pool)
const app = consumer({ pool, secrets: (process.env.WEBHOOK_SECRETS ?? '').split(' ') })
console.log(await app.listen({ port: Number(process.env.PORT ?? 8081) }))
