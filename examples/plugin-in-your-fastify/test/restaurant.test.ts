import { createBooks } from '@daftari/application'
import { createMemoryAdapters } from '@daftari/testing'
import { expect, onTestFinished, test } from 'vitest'
import { restaurant } from '../src/restaurant.ts'
import { hashOf } from '../src/staff.ts'

const restaurantId = '019373c2-7a00-7000-8000-000000000001'
const asManager = { 'x-badge': 'red' }
const asCook = { 'x-badge': 'blue' }

async function open() {
  const app = await restaurant({
    books: createBooks(createMemoryAdapters()),
    staff: [
      { name: 'asha', badgeHash: hashOf('red'), role: 'manager' },
      { name: 'juma', badgeHash: hashOf('blue'), role: 'cook' },
    ],
    restaurantId,
  })
  onTestFinished(() => app.close())
  return app
}

test('the books are under the prefix, written by whom the host knows', async () => {
  const app = await open()

  const created = await app.inject({
    method: 'POST',
    url: '/money/v1/categories',
    headers: asManager,
    payload: { name: 'Mboga' },
  })

  expect(created.statusCode).toBe(201)
  expect(created.json()).toMatchObject({ name: 'Mboga', createdBy: 'asha' })
  expect(created.headers.location).toBe(`/money/v1/categories/${created.json().id}`)
})

test('who has no badge is not let in, and a cook may look and not write', async () => {
  const app = await open()
  const categories = { url: '/money/v1/categories' } as const

  expect((await app.inject(categories)).json()).toMatchObject({ status: 401, code: 'unauthenticated' })
  expect((await app.inject({ ...categories, headers: { 'x-badge': 'green' } })).statusCode).toBe(401)
  expect((await app.inject({ ...categories, headers: asCook })).statusCode).toBe(200)
  expect(
    (await app.inject({ ...categories, method: 'POST', headers: asCook, payload: { name: 'Mboga' } })).json(),
  ).toMatchObject({ status: 403, code: 'scope_missing' })
})

test('the routes and errors of the host stay as they were', async () => {
  const app = await open()

  expect((await app.inject({ url: '/menu' })).json()).toEqual(['Ugali', 'Nyama choma'])
  expect((await app.inject({ url: '/broken' })).json()).toEqual({ sorry: 'Error: the stove is cold' })
  expect((await app.inject({ url: '/v1/categories', headers: asManager })).statusCode).toBe(404)
})

test('the server sees without HTTP what came in over HTTP', async () => {
  const app = await open()
  const headers = asManager
  const category = await app.inject({
    method: 'POST',
    url: '/money/v1/categories',
    headers,
    payload: { name: 'Mboga' },
  })
  await app.inject({
    method: 'POST',
    url: '/money/v1/expenses',
    headers,
    payload: {
      amount: { amount: '4500', currency: 'TZS' },
      categoryId: category.json().id,
      expenseDate: '2025-11-21',
    },
  })

  expect((await app.inject({ url: '/spent' })).json()).toEqual({ amount: '4500.00', currency: 'TZS' })
})
