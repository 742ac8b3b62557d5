import { createBooks } from '@daftari/application'
import { createMemoryAdapters } from '@daftari/testing'
import { restaurant } from './restaurant.ts'
import { hashOf } from './staff.ts'

const app = await restaurant({
  books: createBooks(createMemoryAdapters()),
  staff: [{ name: 'asha', badgeHash: hashOf('try-me'), role: 'manager' }],
  restaurantId: '019373c2-7a00-7000-8000-000000000001',
})
console.log(await app.listen({ port: Number(process.env.PORT ?? 8080) }))
