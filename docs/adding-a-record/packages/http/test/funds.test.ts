import { expect, it } from 'vitest'
import { openService } from './support/test-service.ts'

it('creates a fund, shows it, lists it and tells its history', async () => {
  const { send } = await openService()
  const made = await send('POST', '/v1/funds', { body: { name: 'Kisima' } })
  expect(made.statusCode).toBe(201)
  const fund = made.json()
  expect((await send('GET', `/v1/funds/${fund.id}`)).json()).toEqual(fund)
  expect((await send('GET', '/v1/funds')).json()).toEqual({ data: [fund], nextCursor: null })
  const { data } = (await send('GET', `/v1/funds/${fund.id}/history`)).json()
  expect(data).toMatchObject([{ type: 'fund.created', version: 1 }])
})

it('refuses a fund without a name', async () => {
  const { send } = await openService()
  const answer = await send('POST', '/v1/funds', { body: {} })
  expect(answer.statusCode).toBe(422)
  expect(answer.json()).toMatchObject({ code: 'validation_failed', errors: [{ pointer: '/name' }] })
})
